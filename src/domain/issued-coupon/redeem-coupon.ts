import { either as E } from 'fp-ts';
import { type CommandFrom, type Decided } from '../decider.js';
import { isTakenAnew, mayTakeAgain } from '../taking.js';
import { type CouponRedeemed, type IssuedCouponEvent } from './events.js';
import { type IssuedCoupon } from './issued-coupon.js';

export interface RedeemCoupon extends CommandFrom<CouponRedeemed, 'RedeemCoupon'> {
  /** A payment came in after the order had run out: use the coupon once more if it is still unused. */
  readonly again: boolean;
  /** For which attempt to place the order, or for which late payment; absent for one that stands and never ran out. */
  readonly takenBy?: string;
}

export type RedeemRejection = 'COUPON_USED';

export const redeemCoupon = (
  { type: _, again, ...use }: RedeemCoupon,
  coupon: IssuedCoupon,
): Decided<IssuedCouponEvent, RedeemRejection> => {
  const { takenBy, expiresAt: _expiresAt, ...restored } = use;
  const redeemed = { type: 'CouponRedeemed', ...use } as const;
  if (coupon.usedBy === use.orderId)
    return E.right(isTakenAnew(coupon.takenBy, takenBy) ? [{ type: 'CouponRestored', ...restored }, redeemed] : []);
  if (coupon.usedBy !== null) return E.left('COUPON_USED');
  const before = coupon.gaveBack.get(use.orderId);
  if (before !== undefined && !mayTakeAgain(before, takenBy, again)) return E.left('COUPON_USED');
  return E.right([redeemed]);
};
