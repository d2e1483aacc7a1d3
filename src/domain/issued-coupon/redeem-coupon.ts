import { either as E } from 'fp-ts';
import { askedForAgain } from '../taking.js';
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
    const { expiresAt: _expiresAt, ...restored } = shared;
    switch (askedForAgain(coupon.takenBy, takenBy)) {
      case 'Anew':
        return E.right([
          { type: 'CouponRestored', ...restored },
          { type: 'CouponRedeemed', ...use },
        ]);
      case 'Shared':
        return E.right([{ type: 'CouponUseShared', ...shared }]);
      case 'Same':
        return E.right([]);
    }
  }
  if (coupon.usedBy !== null || (coupon.gaveBack.has(use.orderId) && !again)) return E.left('COUPON_USED');
  return E.right([{ type: 'CouponRedeemed', ...use }]);
};
