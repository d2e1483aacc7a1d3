import { either as E } from 'fp-ts';
import fc from 'fast-check';
import { type Decider } from '../../src/domain/decider.js';
import { issuedCouponDecider, type IssuedCouponCommand } from '../../src/domain/issued-coupon/decider.js';
import { pointsDecider, type PointsCommand } from '../../src/domain/points/decider.js';
import { stockDecider, type StockCommand } from '../../src/domain/stock/decider.js';
import { available } from '../../src/domain/stock/stock.js';
import { forAttempt, forLatePayment } from '../../src/domain/taking.js';
import { ordinaryTerms } from '../support/ordinary-terms.js';

const at = Date.UTC(2026, 0, 1, 12);
const expiresAt = at + 600_000;
const [productId, couponId, userId, orderId] = ['lamp', 'spring', 'ana', 'o1'];

/** One thing that an order wants, there once; everything is asked of it for the same order. */
const wanted = <State, Command, Event>(
  { evolve, decide }: Decider<State, Command, Event, string>,
  given: State,
  asking: {
    readonly take: (takenBy: string) => Command;
    readonly giveBack: (takenBy: string) => Command;
    /** Of an order that is over, with so many late payments. */
    readonly endWith: (latePayments: number) => Command;
    readonly isTaken: (state: State) => boolean;
  },
) => {
  let state = given;
  const ask = (command: Command): void => {
    const decided = decide(command, state);
    if (E.isRight(decided)) state = decided.right.reduce(evolve, state);
  };
  return {
    take: (takenBy: string): void => ask(asking.take(takenBy)),
    giveBack: (takenBy: string): void => ask(asking.giveBack(takenBy)),
    endWith: (latePayments: number): void => ask(asking.endWith(latePayments)),
    isTaken: (): boolean => asking.isTaken(state),
  };
};

const goods = () => {
  const ofOrder = { productId, orderId, at };
  const product = { productId, name: 'Lamp', price: 500, stock: 1, eventId: null, ...ordinaryTerms, at };
  const given = stockDecider.evolve(stockDecider.initial, { type: 'ProductCreated', ...product });
  return wanted(stockDecider, given, {
    take: (takenBy): StockCommand => ({
      type: 'ReserveStock',
      ...ofOrder,
      quantity: 1,
      expiresAt,
      again: false,
      takenBy,
    }),
    giveBack: (takenBy): StockCommand => ({ type: 'ReleaseStock', ...ofOrder, reason: 'ROLLED_BACK', takenBy }),
    endWith: (latePayments): StockCommand => ({ type: 'RestoreStock', ...ofOrder, latePayments }),
    isTaken: (stock) => stock.status === 'Known' && available(stock) === 0,
  });
};

const coupon = () => {
  const use = { couponId, userId, orderId, at };
  return wanted(issuedCouponDecider, issuedCouponDecider.initial, {
    take: (takenBy): IssuedCouponCommand => ({ type: 'RedeemCoupon', ...use, expiresAt, takenBy }),
    giveBack: (takenBy): IssuedCouponCommand => ({ type: 'RestoreCoupon', ...use, takenBy }),
    endWith: (latePayments): IssuedCouponCommand => ({ type: 'RestoreCoupon', ...use, latePayments }),
    isTaken: ({ usedBy }) => usedBy !== null,
  });
};

const points = () => {
  const use = { userId, orderId, at };
  const charged = { type: 'PointsCharged', userId, chargeId: 'c1', amount: 100, at } as const;
  const given = pointsDecider.evolve(pointsDecider.initial, charged);
  return wanted(pointsDecider, given, {
    take: (takenBy): PointsCommand => ({ type: 'ReservePoints', ...use, amount: 100, expiresAt, takenBy }),
    giveBack: (takenBy): PointsCommand => ({ type: 'ReturnPoints', ...use, takenBy }),
    endWith: (latePayments): PointsCommand => ({ type: 'ReturnPoints', ...use, latePayments }),
    isTaken: ({ reserved }) => reserved > 0,
  });
};

const [first, second, third] = [forAttempt(1), forAttempt(2), forAttempt(10)];
const inOrder = [first, second, third, forLatePayment(1), forLatePayment(2)];

describe.each([
  ['goods', goods],
  ['a coupon', coupon],
  ['points', points],
])('%s of an order that is tried more than once', (_, fresh) => {
  it('that a slow process takes for an earlier attempt come back with those of the last', () => {
    const { take, giveBack, isTaken } = fresh();
    take(first);
    expect(isTaken()).toBe(true);
    giveBack(second);
    expect(isTaken()).toBe(false);
  });

  it('that came back are taken again for a later attempt, but not for the same one or an earlier one', () => {
    const { take, giveBack, isTaken } = fresh();
    take(second);
    giveBack(second);
    for (const late of [first, second]) {
      take(late);
      expect(isTaken()).toBe(false);
    }
    take(third);
    expect(isTaken()).toBe(true);
  });

  it('that two attempts rely on come back only with the later one, whichever took them first', () => {
    for (const order of [
      [first, second],
      [second, first],
    ]) {
      const { take, giveBack, isTaken } = fresh();
      order.forEach(take);
      giveBack(first);
      expect(isTaken()).toBe(true);
      giveBack(second);
      expect(isTaken()).toBe(false);
    }
  });

  it('are there for the last that asked, and given back with it, whatever comes late before', () => {
    const step = fc.record({ which: fc.nat(inOrder.length - 1), isTake: fc.boolean() });
    fc.assert(
      fc.property(fc.nat(inOrder.length - 1), fc.array(step), fc.array(step), (last, before, late) => {
        const { take, giveBack, isTaken } = fresh();
        const lastName = inOrder[last] ?? '';
        const earlier = inOrder.slice(0, last);
        const ask = ({ which, isTake }: { which: number; isTake: boolean }): void =>
          earlier.slice(which, which + 1).forEach(isTake ? take : giveBack);
        before.forEach(ask);
        take(lastName);
        late.forEach(ask);
        expect(isTaken()).toBe(true);
        giveBack(lastName);
        late.forEach(ask);
        expect(isTaken()).toBe(false);
      }),
    );
  });
});

describe.each([
  ['a coupon', coupon],
  ['points', points],
])('%s of an order', (_, fresh) => {
  it('that nobody has taken by the time an attempt is over cannot be taken for it any more, or for an earlier one', () => {
    const { take, giveBack, isTaken } = fresh();
    giveBack(second);
    for (const late of [first, second]) {
      take(late);
      expect(isTaken()).toBe(false);
    }
    take(third);
    expect(isTaken()).toBe(true);
  });

  it('that an earlier attempt had until now cannot be taken for one that is over before it took them', () => {
    const { take, giveBack, isTaken } = fresh();
    take(first);
    giveBack(second);
    take(second);
    expect(isTaken()).toBe(false);
  });

  it('cannot be taken for a late payment that was refused, but for the next', () => {
    const { take, endWith, isTaken } = fresh();
    take(first);
    endWith(0);
    endWith(1);
    take(forLatePayment(1));
    expect(isTaken()).toBe(false);
    take(forLatePayment(2));
    expect(isTaken()).toBe(true);
  });
});
