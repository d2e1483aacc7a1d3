import { either as E } from 'fp-ts';
import { latePaymentOf } from '../taking.js';
import { type Instant } from '../time.js';
import { type IssuedCouponEvent } from './events.js';
import { type IssuedCoupon } from './issued-coupon.js';

export interface RedeemCoupon {
  readonly type: 'RedeemCoupon';
  readonly couponId: string;
  readonly userId: string;
  readonly orderId: string;
  readonly expiresAt: Instant;
  /** A payment came in after the order had run out: use the coupon once more if it is still unused. */
  readonly again: boolean;
  /** For which attempt to place the order, or for which late payment; absent for one that stands and never ran out. */
  readonly takenBy?: string;
  readonly at: Instant;
}

export type RedeemRejection = 'COUPON_USED';

export const redeemCoupon = (
  { type: _, again, ...use }: RedeemCoupon,
  coupon: IssuedCoupon,
): E.Either<RedeemRejection, ReadonlyArray<IssuedCouponEvent>> => {
  if (coupon.usedBy === use.orderId) {
    const { takenBy, ...shared } = use;
    const latePayment = latePaymentOf(coupon.takenBy);
    // Whoever gives back what the expired order had does not mean what its late payment relies on.
    if (latePaymentOf(takenBy) > latePayment) {
      const { couponId, userId, orderId, at } = use;
      return E.right([
        { type: 'CouponRestored', couponId, userId, orderId, at },
        { type: 'CouponRedeemed', ...use },
      ]);
    }
    const isShared = takenBy === undefined || coupon.takenBy === null || coupon.takenBy === takenBy || latePayment > 0;
    return E.right(isShared ? [] : [{ type: 'CouponUseShared', ...shared }]);
  }
  if (coupon.usedBy !== null || (coupon.gaveBack.has(use.orderId) && !again)) return E.left('COUPON_USED');
  return E.right([{ type: 'CouponRedeemed', ...use }]);
};
