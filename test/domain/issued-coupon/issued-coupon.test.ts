import fc from 'fast-check';
import { either as E } from 'fp-ts';
import { type IssuedCouponCommand, issuedCouponDecider } from '../../../src/domain/issued-coupon/decider.js';
import { type IssuedCouponEvent } from '../../../src/domain/issued-coupon/events.js';
import { type RedeemCoupon } from '../../../src/domain/issued-coupon/redeem-coupon.js';
import { forAttempt, forLatePayment } from '../../../src/domain/taking.js';
import { sentences } from '../../support/given-when-then.js';

const at = Date.UTC(2026, 0, 1, 12);
const expiresAt = at + 600_000;
const given = sentences(issuedCouponDecider);
const use = (orderId: string) => ({ couponId: 'spring', userId: 'ana', orderId, at });
const redeem = (orderId: string): RedeemCoupon => ({
  type: 'RedeemCoupon',
  ...use(orderId),
  expiresAt,
});
const redeemed = (orderId: string): IssuedCouponEvent => ({ type: 'CouponRedeemed', ...use(orderId), expiresAt });
const restore = (orderId: string): IssuedCouponCommand => ({ type: 'RestoreCoupon', ...use(orderId) });
const restored = (orderId: string): IssuedCouponEvent => ({ type: 'CouponRestored', ...use(orderId) });

describe("a user's coupon", () => {
  it('is used by one order, once', () => {
    given().when(redeem('o1')).then(redeemed('o1'));
    given(redeemed('o1')).when(redeem('o1')).thenNothing();
    given(redeemed('o1')).when(redeem('o2')).thenRejected('COUPON_USED');
  });

  it('is given back only by the order that uses it, and can then be used by another', () => {
    given(redeemed('o1')).when(restore('o2')).thenNothing();
    given(redeemed('o1')).when(restore('o1')).then(restored('o1'));
    given(redeemed('o1'), restored('o1')).when(redeem('o2')).then(redeemed('o2'));
  });

  it('is not taken again by a late repetition, but for a late payment', () => {
    const late = { takenBy: forLatePayment(1) };
    const again = { ...redeem('o1'), ...late };
    given(redeemed('o1'), restored('o1')).when(redeem('o1')).thenRejected('COUPON_USED');
    given(redeemed('o1'), restored('o1'))
      .when(again)
      .then({ ...redeemed('o1'), ...late });
    given(redeemed('o1'), restored('o1'), redeemed('o2')).when(again).thenRejected('COUPON_USED');
  });

  it('that an earlier attempt uses is taken anew for a later one', () => {
    const [first, second] = [{ takenBy: forAttempt(1) }, { takenBy: forAttempt(2) }];
    given({ ...redeemed('o1'), ...first })
      .when({ ...redeem('o1'), ...second })
      .then(restored('o1'), { ...redeemed('o1'), ...second });
  });

  it('that a late payment relies on is not given back by who means what the expired order had', () => {
    const late = { takenBy: forLatePayment(1) };
    const takeAgain = { ...redeem('o1'), ...late };
    const takenAgain = { ...redeemed('o1'), ...late };
    const toldBefore = { type: 'RestoreCoupon', ...use('o1'), latePayments: 0 } as const;
    given(redeemed('o1')).when(takeAgain).then(restored('o1'), takenAgain);
    const history = [redeemed('o1'), restored('o1'), takenAgain];
    for (const nothing of [takeAgain, redeem('o1'), { ...redeem('o1'), takenBy: forAttempt(1) }, toldBefore])
      given(...history)
        .when(nothing)
        .thenNothing();
    given(...history)
      .when({ ...toldBefore, latePayments: 1 })
      .then(restored('o1'));
  });

  it('is never in use by two orders', () => {
    const orderId = fc.constantFrom('o1', 'o2', 'o3');
    const any = fc.oneof(
      fc.tuple(orderId, fc.nat(3)).map(([id, late]) => ({ ...redeem(id), takenBy: forLatePayment(late) })),
      orderId.map(restore),
    );
    fc.assert(
      fc.property(fc.array(any, { maxLength: 40 }), (commands) => {
        let state = issuedCouponDecider.initial;
        const using = new Set<string>();
        for (const command of commands) {
          const decided = issuedCouponDecider.decide(command, state);
          for (const event of E.isRight(decided) ? decided.right : []) {
            state = issuedCouponDecider.evolve(state, event);
            if (event.type === 'CouponRedeemed') using.add(event.orderId);
            else using.delete(event.orderId);
          }
          expect(using.size).toBeLessThanOrEqual(1);
        }
      }),
    );
  });
});
