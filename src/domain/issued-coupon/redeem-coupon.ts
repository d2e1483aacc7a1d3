import { either as E } from 'fp-ts';
import { type CommandFrom, type Decided } from '../decider.js';
import { isTakenAnew, mayTakeAgain } from '../taking.js';
import { type CouponRedeemed, type IssuedCouponEvent } from './events.js';
import { type IssuedCoupon } from './issued-coupon.js';

export type RedeemCoupon = CommandFrom<CouponRedeemed, 'RedeemCoupon'>;

export const redeemCoupon = (
  { type: _, ...use }: RedeemCoupon,
  coupon: IssuedCoupon,
): Decided<IssuedCouponEvent, 'COUPON_USED'> => {
  const { takenBy, expiresAt: _expiresAt, ...restored } = use;
  const redeemed = { type: 'CouponRedeemed', ...use } as const;
  if (coupon.usedBy === use.orderId)
    return E.right(isTakenAnew(coupon.takenBy, takenBy) ? [{ type: 'CouponRestored', ...restored }, redeemed] : []);
  if (coupon.usedBy !== null) return E.left('COUPON_USED');
  const before = coupon.gaveBack.get(use.orderId);
  if (before !== undefined && !mayTakeAgain(before, takenBy)) return E.left('COUPON_USED');
  return E.right([redeemed]);
};
