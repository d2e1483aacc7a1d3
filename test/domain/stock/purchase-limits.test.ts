import { either as E } from 'fp-ts';
import fc from 'fast-check';
import { type StockCommand, stockDecider } from '../../../src/domain/stock/decider.js';
import { type StockEvent, type StockReserved } from '../../../src/domain/stock/events.js';
import { noLimits, type PurchaseLimits, purchaseLimitReached } from '../../../src/domain/stock/purchase-limits.js';
import { type ReserveStock } from '../../../src/domain/stock/reserve-stock.js';
import { type Stock } from '../../../src/domain/stock/stock.js';
import { forAttempt } from '../../../src/domain/taking.js';
import { sentences } from '../../support/given-when-then.js';
import { ordinaryTerms } from '../../support/ordinary-terms.js';

const noon = Date.UTC(2026, 0, 1, 12);
const minute = 60_000;
const day = 86_400_000;
const productId = 'console';
const given = sentences(stockDecider);

const sold = (limits?: Partial<PurchaseLimits>, stock = 1_000): StockEvent => ({
  type: 'ProductCreated',
  productId,
  name: 'Console',
  price: 500,
  stock,
  eventId: null,
  ...ordinaryTerms,
  limits: { ...noLimits, ...limits },
  at: noon,
});
const of = (orderId: string, quantity: number, at = noon) => ({ productId, orderId, quantity, at });
const held = (orderId: string, userId: string, quantity: number, at = noon): StockReserved => ({
  type: 'StockReserved',
  ...of(orderId, quantity, at),
  expiresAt: at + 10 * minute,
  userId,
});
const bought = (orderId: string, userId: string, quantity: number): ReadonlyArray<StockEvent> => [
  held(orderId, userId, quantity),
  { type: 'StockDeducted', ...of(orderId, quantity) },
];
const released = (
  orderId: string,
  quantity: number,
  reason: 'EXPIRED' | 'CANCELLED' | 'ROLLED_BACK',
  at = noon,
): StockEvent => ({ type: 'StockReleased', ...of(orderId, quantity, at), reason });
const restored = (orderId: string, quantity: number): StockEvent => ({
  type: 'StockRestored',
  ...of(orderId, quantity),
});

const reserve = (orderId: string, userId: string | undefined, quantity: number, at = noon): ReserveStock => ({
  type: 'ReserveStock',
  ...of(orderId, quantity, at),
  expiresAt: at + 10 * minute,
  again: true,
  takenBy: `call-of-${orderId}`,
  ...(userId !== undefined && { userId }),
});
const payLate = (orderId: string, userId: string, quantity: number, at = noon): StockCommand => ({
  type: 'ReserveStock',
  ...of(orderId, quantity, at),
  expiresAt: at + minute,
  again: true,
  userId,
});
const granted = (orderId: string, userId: string | undefined, quantity: number, at = noon): StockReserved => ({
  type: 'StockReserved',
  ...of(orderId, quantity, at),
  expiresAt: at + 10 * minute,
  takenBy: `call-of-${orderId}`,
  ...(userId !== undefined && { userId }),
});

describe('one user has at most maxPerUser units of a product', () => {
  const perUser = (bought: number, held: number) =>
    purchaseLimitReached({ reason: 'MAX_PER_USER', limit: 2, bought, held, until: null });
  const limited = sold({ maxPerUser: 2 });

  it('in one order', () => {
    given(limited)
      .when(reserve('a', 'ana', 3))
      .thenRejected(perUser(0, 0));
    given(limited)
      .when(reserve('a', 'ana', 2))
      .then(granted('a', 'ana', 2));
  });

  it('over all orders that stand, held or bought', () => {
    given(limited, held('a', 'ana', 1))
      .when(reserve('b', 'ana', 1))
      .then(granted('b', 'ana', 1));
    given(limited, held('a', 'ana', 1))
      .when(reserve('b', 'ana', 2))
      .thenRejected(perUser(0, 1));
    given(limited, ...bought('a', 'ana', 1), held('b', 'ana', 1))
      .when(reserve('c', 'ana', 1))
      .thenRejected(perUser(1, 1));
  });

  it('and others are none of their business', () => {
    given(limited, ...bought('a', 'ana', 2))
      .when(reserve('b', 'ben', 2))
      .then(granted('b', 'ben', 2));
  });

  it.each([
    ['whose hold ran out', [held('a', 'ana', 2), released('a', 2, 'EXPIRED')]],
    ['that was cancelled before it was paid', [held('a', 'ana', 2), released('a', 2, 'CANCELLED')]],
    ['that came to nothing', [held('a', 'ana', 2), released('a', 2, 'ROLLED_BACK')]],
    ['that was bought and given back', [...bought('a', 'ana', 2), restored('a', 2)]],
  ])('not counting an order %s', (_, history) => {
    given(limited, ...history)
      .when(reserve('b', 'ana', 2))
      .then(granted('b', 'ana', 2));
  });

  it('also where a payment comes late and they have bought anew meanwhile', () => {
    const history = [limited, held('a', 'ana', 2), released('a', 2, 'EXPIRED')];
    given(...history, ...bought('b', 'ana', 1))
      .when(payLate('a', 'ana', 2))
      .thenRejected(perUser(1, 0));
  });

  it('a repeated request for what is held is not a second one', () => {
    given(limited, granted('a', 'ana', 2))
      .when(reserve('a', 'ana', 2))
      .thenNothing();
  });

  it('whoever may have no more is not told how much there is', () => {
    given(sold({ maxPerUser: 2 }, 0))
      .when(reserve('a', 'ana', 3))
      .thenRejected(perUser(0, 0));
  });
});

describe('one user holds a product by at most maxOpenHolds orders', () => {
  const limited = sold({ maxOpenHolds: 1 });
  const reached = (bought: number, held: number) =>
    purchaseLimitReached({ reason: 'MAX_OPEN_HOLDS', limit: 1, bought, held, until: null });

  it('until they pay, give back or let go', () => {
    given(limited, held('a', 'ana', 3))
      .when(reserve('b', 'ana', 1))
      .thenRejected(reached(0, 3));
    given(limited, ...bought('a', 'ana', 3))
      .when(reserve('b', 'ana', 1))
      .then(granted('b', 'ana', 1));
    given(limited, held('a', 'ana', 3), released('a', 3, 'CANCELLED'))
      .when(reserve('b', 'ana', 1))
      .then(granted('b', 'ana', 1));
  });

  it('but a payment that comes late is not held up', () => {
    const history = [limited, held('a', 'ana', 1), released('a', 1, 'EXPIRED'), held('b', 'ana', 1)];
    given(...history)
      .when(payLate('a', 'ana', 1))
      .then({ type: 'StockReserved', ...of('a', 1), expiresAt: noon + minute, userId: 'ana' });
  });
});

describe('after a hold of theirs ran out a user pauses', () => {
  const limited = sold({ pauseAfterExpirySeconds: 60 });
  const history = [limited, held('a', 'ana', 1), released('a', 1, 'EXPIRED', noon + 10 * minute)];
  const until = noon + 11 * minute;
  const paused = purchaseLimitReached({ reason: 'PAUSE_AFTER_EXPIRY', limit: 60, bought: 0, held: 0, until });

  it('so long, and no longer', () => {
    given(...history)
      .when(reserve('b', 'ana', 1, until - 1))
      .thenRejected(paused);
    given(...history)
      .when(reserve('b', 'ana', 1, until))
      .then(granted('b', 'ana', 1, until));
    given(...history)
      .when(reserve('b', 'ben', 1, until - 1))
      .then(granted('b', 'ben', 1, until - 1));
  });

  it('whether the deadline of the hold comes first, or the end of its order', () => {
    const over = { type: 'RestoreStock', productId, orderId: 'a' } as const;
    given(limited, held('a', 'ana', 1))
      .when({ ...over, at: noon + 10 * minute })
      .then(released('a', 1, 'EXPIRED', noon + 10 * minute));
    given(limited, held('a', 'ana', 1))
      .when({ ...over, at: noon + 10 * minute - 1 })
      .then(released('a', 1, 'CANCELLED', noon + 10 * minute - 1));
  });

  it('but a payment that comes late for it takes it again', () => {
    given(...history)
      .when(payLate('a', 'ana', 1, until - 1))
      .then({ type: 'StockReserved', ...of('a', 1, until - 1), expiresAt: until - 1 + minute, userId: 'ana' });
  });
});

test('what an order still holds for an earlier attempt counts against no limit of a later one, also after its time', () => {
  const limited = sold({ maxPerUser: 2, maxOpenHolds: 1, pauseAfterExpirySeconds: 60 });
  const over = noon + 10 * minute;
  given(limited, { ...held('a', 'ana', 2), takenBy: forAttempt(1) })
    .when({ ...reserve('a', 'ana', 2, over), takenBy: forAttempt(2) })
    .then(released('a', 2, 'ROLLED_BACK', over), { ...granted('a', 'ana', 2, over), takenBy: forAttempt(2) });
});

describe('limits', () => {
  it('are none where a product does not say, as before there were any', () => {
    given(sold(), ...bought('a', 'ana', 400), held('b', 'ana', 400))
      .when(reserve('c', 'ana', 200))
      .then(granted('c', 'ana', 200));
  });

  it('count for nobody in requests and holds of before a user was named', () => {
    const old: StockEvent = { type: 'StockReserved', ...of('a', 5), expiresAt: noon + minute };
    given(sold({ maxPerUser: 1 }), old, { type: 'StockDeducted', ...of('a', 5) })
      .when(reserve('b', undefined, 3))
      .then(granted('b', undefined, 3));
  });

  it('can be changed in a sale, and count for what users have by then', () => {
    const operation = { productId, actor: 'olga', reason: 'too few', at: noon };
    const history = [sold({ maxOpenHolds: 9 }), ...bought('a', 'ana', 3)];
    given(...history)
      .when({ type: 'ChangeTerms', limits: { maxPerUser: 3 }, ...operation })
      .then({
        type: 'ProductTermsChanged',
        limits: { maxPerUser: 3, maxOpenHolds: 9, pauseAfterExpirySeconds: null },
        ...operation,
      });
    given(...history, { type: 'ProductTermsChanged', limits: { ...noLimits, maxPerUser: 3 }, ...operation })
      .when(reserve('b', 'ana', 1))
      .thenRejected(purchaseLimitReached({ reason: 'MAX_PER_USER', limit: 3, bought: 3, held: 0, until: null }));
    given()
      .when({ type: 'ChangeTerms', limits: { maxPerUser: 3 }, ...operation })
      .thenRejected('PRODUCT_NOT_FOUND');
  });
});

/** What a user has, counted anew from all claims. */
const countedAnew = (stock: Stock, userId: string) => {
  const theirs =
    stock.status === 'Unknown' ? [] : [...stock.claims.values()].filter((claim) => claim.userId === userId);
  const sum = (status: string) =>
    theirs.filter((claim) => claim.status === status).reduce((units, { quantity }) => units + quantity, 0);
  return { bought: sum('Deducted'), held: sum('Held'), openHolds: theirs.filter((c) => c.status === 'Held').length };
};

test('whatever happens in whatever order, what a user has is what their claims are, and never more than they may', () => {
  const limits = { maxPerUser: 4, maxOpenHolds: 2, pauseAfterExpirySeconds: 3_600 };
  const users = ['ana', 'ben'] as const;
  const order = fc.integer({ min: 0, max: 7 }).map((n) => ({ orderId: `o${n}`, userId: users[n % 2] ?? 'ana', n }));
  const step = fc.record({ order, hours: fc.integer({ min: 0, max: 300 }), what: fc.nat(5) });
  fc.assert(
    fc.property(fc.array(step, { maxLength: 60 }), (steps) => {
      let now = noon;
      let stock: Stock = stockDecider.evolve(stockDecider.initial, sold(limits));
      for (const { order: asked, hours, what } of steps) {
        now += hours * 3_600_000;
        const { orderId, userId, n } = asked;
        const quantity = 1 + (n % 3);
        const where = { productId, orderId, at: now };
        const commands: ReadonlyArray<StockCommand> = [
          reserve(orderId, userId, quantity, now),
          payLate(orderId, userId, quantity, now),
          { type: 'ReleaseStock', ...where, reason: 'EXPIRED' },
          { type: 'ReleaseStock', ...where, reason: 'CANCELLED' },
          { type: 'DeductStock', ...where },
          { type: 'RestoreStock', ...where },
        ];
        const command = commands[what];
        if (command === undefined) continue;
        const decided = stockDecider.decide(command, stock);
        if (E.isRight(decided)) stock = decided.right.reduce(stockDecider.evolve, stock);
        for (const user of users) {
          const counted = countedAnew(stock, user);
          const known = stock.status === 'Known' ? stock.buyers.get(user) : undefined;
          expect({ bought: 0, held: 0, openHolds: 0, ...known }).toMatchObject(counted);
          expect(counted.bought + counted.held).toBeLessThanOrEqual(limits.maxPerUser);
        }
      }
    }),
  );
});

test('a user who has nothing any more, and paused long ago, is forgotten', () => {
  const history: ReadonlyArray<StockEvent> = [
    sold(),
    held('a', 'ana', 1),
    released('a', 1, 'EXPIRED'),
    held('b', 'ben', 1, noon + 9 * day),
  ];
  const stock = history.reduce(stockDecider.evolve, stockDecider.initial);
  expect(stock.status === 'Known' && [...stock.buyers.keys()]).toEqual(['ben']);
});
