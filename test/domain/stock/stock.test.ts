import { either as E } from 'fp-ts';
import fc from 'fast-check';
import { stockDecider, type StockCommand } from '../../../src/domain/stock/decider.js';
import { type StockEvent, type StockReserved } from '../../../src/domain/stock/events.js';
import { noLimits } from '../../../src/domain/stock/purchase-limits.js';
import { available, MOST_STOCK, type Stock } from '../../../src/domain/stock/stock.js';
import { forAttempt, forLatePayment } from '../../../src/domain/taking.js';
import { type ReserveStock } from '../../../src/domain/stock/reserve-stock.js';
import { sentences } from '../../support/given-when-then.js';
import { ordinaryTerms } from '../../support/ordinary-terms.js';

const noon = Date.UTC(2026, 0, 1, 12);
const minute = 60_000;
const productId = 'ticket';
const given = sentences(stockDecider);

const stocked = (stock: number): StockEvent => ({
  type: 'ProductCreated',
  productId,
  name: 'Ticket',
  price: 500,
  stock,
  eventId: null,
  ...ordinaryTerms,
  at: noon,
});
const reserved = (orderId: string, quantity: number, expiresAt = noon + 10 * minute): StockEvent => ({
  type: 'StockReserved',
  productId,
  orderId,
  quantity,
  expiresAt,
  at: noon,
});
const released = (orderId: string, quantity: number, reason: 'EXPIRED' | 'CANCELLED', at = noon): StockEvent => ({
  type: 'StockReleased',
  productId,
  orderId,
  quantity,
  reason,
  at,
});
const deducted = (orderId: string, quantity: number): StockEvent => ({
  type: 'StockDeducted',
  productId,
  orderId,
  quantity,
  at: noon,
});
const restored = (orderId: string, quantity: number): StockEvent => ({
  type: 'StockRestored',
  productId,
  orderId,
  quantity,
  at: noon,
});

const reserve = (orderId: string, quantity: number, again = false): ReserveStock => ({
  type: 'ReserveStock',
  productId,
  orderId,
  quantity,
  expiresAt: noon + 10 * minute,
  again,
  at: noon,
});
const release = (orderId: string, at: number): StockCommand => ({
  type: 'ReleaseStock',
  productId,
  orderId,
  reason: 'EXPIRED',
  at,
});
const deduct = (orderId: string): StockCommand => ({ type: 'DeductStock', productId, orderId, at: noon });
const restoreHolds = (...orderIds: ReadonlyArray<string>): StockCommand => ({
  type: 'RestoreHolds',
  productId,
  orderIds,
  at: noon,
});
const restore = (orderId: string): StockCommand => ({ type: 'RestoreStock', productId, orderId, at: noon });
const delivery = (quantity: number) => ({ productId, deliveryNote: 'note-1', quantity, at: noon });
const extend = (orderId: string, expiresAt: number): StockCommand => ({
  type: 'ExtendHold',
  productId,
  orderId,
  expiresAt,
  at: noon,
});

describe('stock', () => {
  it('is held for an order as long as there is enough', () => {
    given(stocked(3)).when(reserve('o1', 3)).then(reserved('o1', 3));
    given(stocked(3), reserved('o1', 2)).when(reserve('o2', 2)).thenRejected('INSUFFICIENT_STOCK');
  });

  it('is held once an order: its own hold never stands in its way', () =>
    given(stocked(3), reserved('o1', 3)).when(reserve('o1', 3)).thenNothing());

  it('is never held in another quantity than it is sold in', () =>
    given(stocked(3), reserved('o1', 2))
      .when(reserve('o1', 3, true))
      .thenRejected('CLAIM_DIFFERS'));

  it('comes back when the hold has run out, not before', () => {
    given(stocked(3), reserved('o1', 3))
      .when(release('o1', noon + 10 * minute))
      .then(released('o1', 3, 'EXPIRED', noon + 10 * minute));
    given(stocked(3), reserved('o1', 3))
      .when(release('o1', noon + 9 * minute))
      .thenNothing();
  });

  it('waits for a payment under way', () =>
    given(stocked(3), reserved('o1', 3), {
      type: 'HoldExtended',
      productId,
      orderId: 'o1',
      expiresAt: noon + 12 * minute,
      at: noon,
    })
      .when(release('o1', noon + 10 * minute))
      .thenNothing());

  it('never has a hold shortened', () =>
    given(stocked(3), reserved('o1', 3))
      .when(extend('o1', noon + minute))
      .thenNothing());

  it('leaves the shelf once, and only what was held', () => {
    given(stocked(3), reserved('o1', 2)).when(deduct('o1')).then(deducted('o1', 2));
    given(stocked(3), reserved('o1', 2), deducted('o1', 2)).when(deduct('o1')).thenNothing();
    given(stocked(3)).when(deduct('o1')).thenRejected('NOT_HELD');
  });

  it('comes back from a cancelled order, deducted or only held', () => {
    given(stocked(3), reserved('o1', 2), deducted('o1', 2)).when(restore('o1')).then(restored('o1', 2));
    given(stocked(3), reserved('o1', 2))
      .when(restore('o1'))
      .then(released('o1', 2, 'CANCELLED'));
    given(stocked(3), reserved('o1', 2), deducted('o1', 2), restored('o1', 2)).when(restore('o1')).thenNothing();
  });

  it('comes back from many orders in one step, from each as if it were alone', () =>
    given(stocked(5), reserved('o1', 2), reserved('o2', 1), deducted('o2', 1), reserved('o3', 1))
      .when(restoreHolds('o1', 'o2', 'nobody', 'o1'))
      .then(released('o1', 2, 'CANCELLED'), restored('o2', 1)));

  describe('whose holds run out by the hundred', () => {
    const over = noon + 10 * minute;
    const held = (orderId: string, quantity: number, expiresAt = over): StockEvent => ({
      ...{ type: 'StockReserved', productId, orderId, quantity, expiresAt, at: noon },
      ...{ takenBy: 'placing-0', userId: `user-of-${orderId}` },
    });
    const expire = (at: number, ...orderIds: ReadonlyArray<string>): StockCommand => ({
      ...{ type: 'ExpireHolds', productId, orderIds, at },
    });
    const expired = (...holds: ReadonlyArray<readonly [string, number]>): StockEvent => ({
      type: 'HoldsExpired',
      productId,
      holds: holds.map(([orderId, quantity]) => ({ orderId, quantity })),
      at: over,
    });
    const extended = (expiresAt: number): StockEvent => ({
      ...{ type: 'HoldExtended', productId, orderId: 'o1', expiresAt, at: noon },
    });

    it('has all of them back in one event, each once', () => {
      given(stocked(9), held('o1', 2), held('o2', 1), held('o3', 1, over + minute))
        .when(expire(over, 'o1', 'o2', 'o3', 'nobody', 'o1'))
        .then(expired(['o1', 2], ['o2', 1]));
      given(stocked(9), held('o1', 2))
        .when(expire(over - 1, 'o1'))
        .thenNothing();
      given(stocked(9), held('o1', 2), expired(['o1', 2]))
        .when(expire(over, 'o1'))
        .thenNothing();
      given(stocked(9), held('o1', 2), expired(['o1', 2]))
        .when(restoreHolds('o1'))
        .thenNothing();
    });

    it('holds for others what these had', () =>
      given(stocked(3), held('o1', 2), held('o2', 1), expired(['o1', 2]))
        .when(reserve('o4', 2))
        .then(reserved('o4', 2)));

    it('keeps what somebody has begun to pay for, until its order ends', () => {
      given(stocked(3), held('o1', 2)).when(extend('o1', noon)).then(extended(over));
      given(stocked(3), held('o1', 2), extended(over)).when(extend('o1', over)).thenNothing();
      given(stocked(3), held('o1', 2), extended(over)).when(expire(over, 'o1')).thenNothing();
      given(stocked(3), held('o1', 2), extended(over))
        .when(release('o1', over))
        .then(released('o1', 2, 'EXPIRED', over));
    });

    it('keeps what an order that stands has asked for again, whoever had taken it', () => {
      given(stocked(3), held('o1', 2))
        .when(reserve('o1', 2, true))
        .then(extended(over));
      given(stocked(3), held('o1', 2), released('o1', 2, 'EXPIRED'), reserved('o1', 2, over))
        .when(expire(over, 'o1'))
        .thenNothing();
    });

    it('counts them for their buyer no more', () => {
      const product: StockEvent = { ...stocked(9), ...{ limits: { ...noLimits, maxOpenHolds: 1 } } };
      const another = { ...reserve('o9', 1), ...{ userId: 'user-of-o1' } };
      given(product, held('o1', 2)).when(another).thenRejected('PURCHASE_LIMIT MAX_OPEN_HOLDS 1 0 2 0');
      given(product, held('o1', 2), expired(['o1', 2]))
        .when(another)
        .then({ ...reserved('o9', 1), ...{ userId: 'user-of-o1' } });
    });

    it('forgets them as fast as they came', () => {
      const many = (of: string): ReadonlyArray<string> => Array.from({ length: 500 }, (_, n) => `${of}-${n}`);
      const sale = (of: string, at: number): ReadonlyArray<StockEvent> => [
        ...many(of).map((orderId) => ({ ...held(orderId, 1), at })),
        { ...expired(...many(of).map((orderId) => [orderId, 1] as const)), at },
      ];
      const nineDays = 9 * 24 * 60 * minute;
      const stock = [stocked(500), ...sale('first', over), ...sale('second', over + nineDays)].reduce(
        stockDecider.evolve,
        stockDecider.initial,
      );
      expect(stock.status === 'Known' && [...stock.claims.keys()].sort()).toStrictEqual([...many('second')].sort());
    });
  });

  it('is received once by a note, and never with another quantity', () => {
    const receive = (quantity: number): StockCommand => ({ type: 'ReceiveStock', ...delivery(quantity) });
    given(stocked(3))
      .when(receive(10))
      .then({ type: 'StockReceived', ...delivery(10) });
    given(stocked(3), { type: 'StockReceived', ...delivery(10) })
      .when(receive(10))
      .thenNothing();
    given(stocked(3), { type: 'StockReceived', ...delivery(10) })
      .when(receive(99))
      .thenRejected('REQUEST_ID_REUSED');
  });

  it('is never more than can be counted exactly', () => {
    given(stocked(MOST_STOCK - 1))
      .when({ type: 'ReceiveStock', ...delivery(1) })
      .then({ type: 'StockReceived', ...delivery(1) });
    given(stocked(MOST_STOCK))
      .when({ type: 'ReceiveStock', ...delivery(1) })
      .thenRejected('STOCK_LIMIT_REACHED');
  });

  describe('taken by a call for an order that does not stand yet', () => {
    const ofOrder = { productId, orderId: 'o1', at: noon };
    const hold = { ...ofOrder, quantity: 2, expiresAt: noon + 10 * minute };
    const take = (takenBy: string): ReserveStock => ({ type: 'ReserveStock', ...hold, again: true, takenBy });
    const taken = (takenBy: string): StockReserved => ({ type: 'StockReserved', ...hold, takenBy });
    const rollBack = (call?: string): StockCommand => ({
      type: 'ReleaseStock',
      ...ofOrder,
      reason: 'ROLLED_BACK',
      ...(call !== undefined && { takenBy: call }),
    });
    const rolledBack: StockEvent = {
      type: 'StockReleased',
      productId,
      orderId: 'o1',
      quantity: 2,
      reason: 'ROLLED_BACK',
      at: noon,
    };
    const shared: StockEvent = {
      type: 'HoldExtended',
      productId,
      orderId: 'o1',
      expiresAt: noon + 10 * minute,
      shared: true,
      at: noon,
    };

    it('is given back by that call alone', () => {
      given(stocked(3)).when(take('a')).then(taken('a'));
      given(stocked(3), taken('a')).when(take('a')).thenNothing();
      given(stocked(3), taken('a')).when(rollBack('b')).thenNothing();
      given(stocked(3), taken('a')).when(rollBack()).thenNothing();
      given(stocked(3), taken('a')).when(rollBack('a')).then(rolledBack);
    });

    it('is taken anew by a later attempt, also in another quantity; an earlier one that comes late changes nothing', () => {
      const [first, second] = [forAttempt(1), forAttempt(2)];
      given(stocked(3), taken(first))
        .when({ ...take(second), quantity: 3 })
        .then(rolledBack, { ...taken(second), quantity: 3 });
      given(stocked(3), taken(first))
        .when({ ...take(second), quantity: 4 })
        .thenRejected('INSUFFICIENT_STOCK');
      given(stocked(3), taken(second)).when(take(first)).thenNothing();
    });

    it('by a version that did not number its attempts, is given back by none of several, but when its time is over', () => {
      given(stocked(3), taken('a')).when(take('b')).then(shared);
      for (const call of ['a', 'b']) given(stocked(3), taken('a'), shared).when(rollBack(call)).thenNothing();
      given(stocked(3), taken('a'), shared).when(take('c')).thenNothing();
      given(stocked(3), taken('a'), shared)
        .when(release('o1', noon + 10 * minute))
        .then(released('o1', 2, 'EXPIRED', noon + 10 * minute));
    });
  });

  it('remembers of ended claims those of the last days, however many orders there were', () => {
    const day = 86_400_000;
    let stock: Stock = [stocked(1)].reduce(stockDecider.evolve, stockDecider.initial);
    const perDay = 50;
    for (let n = 0; n < perDay * 60; n += 1) {
      const at = noon + Math.floor(n / perDay) * day;
      for (const event of [reserved(`o${n}`, 1), released(`o${n}`, 1, 'EXPIRED', at)])
        stock = stockDecider.evolve(stock, { ...event, at });
    }
    if (stock.status === 'Unknown') throw new Error('no product');
    expect(stock.claims.size).toBeLessThanOrEqual(perDay * 10);
    expect(stock.ended.size).toBeLessThanOrEqual(perDay * 10);
    expect(stock).toMatchObject({ onHand: 1, held: 0 });
  });

  it('remembers what is held and what was bought for as long as it may come back', () => {
    const later = noon + 365 * 86_400_000;
    const history = [stocked(5), reserved('o1', 1), deducted('o1', 1), reserved('o2', 1), reserved('o3', 1)];
    const years = Array.from({ length: 20 }, (_, n) =>
      released(n === 0 ? 'o3' : `x${n}`, n === 0 ? 1 : 0, 'EXPIRED', later),
    );
    given(...history, ...years)
      .when(restore('o1'))
      .then(restored('o1', 1));
    given(...history, ...years)
      .when(deduct('o2'))
      .then(deducted('o2', 1));
  });

  it('is not held again by a late repetition, but by a late payment while some is left', () => {
    const expired = [stocked(3), reserved('o1', 2), released('o1', 2, 'EXPIRED')];
    given(...expired)
      .when(reserve('o1', 2))
      .thenRejected('CLAIM_ENDED');
    given(...expired)
      .when(reserve('o1', 2, true))
      .then(reserved('o1', 2));
    given(...expired, reserved('o2', 2))
      .when(reserve('o1', 2, true))
      .thenRejected('INSUFFICIENT_STOCK');
  });

  it('is not held again for an order that was called off, by whoever does not know of that yet', () => {
    given(stocked(3), reserved('o1', 2), released('o1', 2, 'CANCELLED'))
      .when(reserve('o1', 2, true))
      .thenRejected('CLAIM_ENDED');
  });

  describe('taken for a late payment', () => {
    const late = { takenBy: forLatePayment(1) };
    const takeAgain = { ...reserve('o1', 2, true), ...late };
    const takenAgain = { ...reserved('o1', 2), ...late };
    const giveBackAll = restore('o1');
    const toldBefore = restoreHolds('o1');
    const expired = [stocked(3), reserved('o1', 2), released('o1', 2, 'EXPIRED')];

    it('is not given back by a request that was sent when the order had expired', () => {
      given(...expired, takenAgain)
        .when(toldBefore)
        .thenNothing();
      given(...expired, takenAgain, deducted('o1', 2))
        .when(toldBefore)
        .thenNothing();
    });

    it('is not called off with what was held before', () =>
      given(...expired, takenAgain)
        .when({ type: 'ReleaseStock', productId, orderId: 'o1', reason: 'CANCELLED', at: noon })
        .thenNothing());

    it('is taken over from the hold of the expired order, so that a later request to give that back does not affect it', () => {
      given(stocked(2), reserved('o1', 2))
        .when(takeAgain)
        .then(released('o1', 2, 'CANCELLED'), takenAgain);
      given(stocked(2), reserved('o1', 2), released('o1', 2, 'CANCELLED'), takenAgain)
        .when(toldBefore)
        .thenNothing();
    });

    it('stays its own: neither a repetition nor a late request of the attempt to place it changes anything', () => {
      given(...expired, takenAgain)
        .when(takeAgain)
        .thenNothing();
      given(...expired, takenAgain)
        .when({ ...reserve('o1', 2), takenBy: forAttempt(1) })
        .thenNothing();
    });

    it('is given back when the order is over after all, and not taken again by a late repetition', () => {
      given(...expired, takenAgain)
        .when(giveBackAll)
        .then(released('o1', 2, 'CANCELLED'));
      given(...expired, takenAgain, deducted('o1', 2))
        .when(giveBackAll)
        .then(restored('o1', 2));
      for (const ended of [[released('o1', 2, 'CANCELLED')], [deducted('o1', 2), restored('o1', 2)]])
        for (const again of [takeAgain, { ...reserve('o1', 2), takenBy: forAttempt(1) }])
          given(...expired, takenAgain, ...ended)
            .when(again)
            .thenRejected('CLAIM_ENDED');
    });

    it('does not run out by itself: the order ends it', () =>
      given(...expired, takenAgain)
        .when({ type: 'ExpireHolds', productId, orderIds: ['o1'], at: noon + 60 * minute })
        .thenNothing());
  });
});

describe('whatever is asked of a product', () => {
  const order = fc.integer({ min: 1, max: 8 }).map((n) => `order-${n}`);
  const command: fc.Arbitrary<StockCommand> = fc.oneof(
    fc
      .tuple(order, fc.integer({ min: 1, max: 3 }), fc.boolean())
      .map(([id, quantity, again]) => ({ ...reserve(id, quantity, again), ...(!again && { takenBy: 'placing-0' }) })),
    fc.array(order, { maxLength: 4 }).map((orderIds): StockCommand => ({
      ...{ type: 'ExpireHolds', productId, orderIds, at: noon + 10 * minute },
    })),
    order.map((id) => release(id, noon + 10 * minute)),
    order.map(deduct),
    order.map(restore),
    fc.array(order, { maxLength: 4 }).map((ids) => restoreHolds(...ids)),
    order.map((id) => extend(id, noon + 12 * minute)),
    fc.integer({ min: 1, max: 4 }).map((n): StockCommand => ({
      type: 'ReceiveStock',
      productId,
      deliveryNote: `note-${n}`,
      quantity: n,
      at: noon,
    })),
  );
  const carryOut = (events: ReadonlyArray<StockEvent>, asked: StockCommand): ReadonlyArray<StockEvent> => {
    const state = events.reduce(stockDecider.evolve, stockDecider.initial);
    return [...events, ...E.getOrElse((): ReadonlyArray<StockEvent> => [])(stockDecider.decide(asked, state))];
  };
  const known = (events: ReadonlyArray<StockEvent>) => {
    const state: Stock = events.reduce(stockDecider.evolve, stockDecider.initial);
    if (state.status === 'Unknown') throw new Error('no product');
    return state;
  };
  const sum = (events: ReadonlyArray<StockEvent>, type: StockEvent['type']) =>
    events.reduce((total, event) => total + (event.type === type && 'quantity' in event ? event.quantity : 0), 0);

  it('never sells what is not there, and its books balance', () =>
    fc.assert(
      fc.property(fc.array(command, { maxLength: 40 }), (commands) => {
        const events = commands.reduce(carryOut, [stocked(5)]);
        const stock = known(events);
        expect(available(stock)).toBeGreaterThanOrEqual(0);
        expect(stock.held).toBe(
          stock.claims.valueSeq().reduce((held, claim) => held + (claim.status === 'Held' ? claim.quantity : 0), 0),
        );
        expect(stock.onHand).toBe(
          5 + sum(events, 'StockReceived') - sum(events, 'StockDeducted') + sum(events, 'StockRestored'),
        );
      }),
    ));
});
