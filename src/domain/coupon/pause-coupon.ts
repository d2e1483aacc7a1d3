import { either as E } from 'fp-ts';
import { type CommandFrom, type Decided } from '../decider.js';
import { type Coupon, isCarriedOut } from './coupon.js';
import { type CouponPaused, type CouponEvent } from './events.js';

export type PauseCoupon = CommandFrom<CouponPaused, 'PauseCoupon'>;

export type PauseRejection = 'COUPON_NOT_FOUND';

/** Recorded even when it changes nothing: who asked, and why, is a fact. A repeated request is not. */
export const pauseCoupon = (
  { type: _, ...decision }: PauseCoupon,
  coupon: Coupon,
): Decided<CouponEvent, PauseRejection> => {
  if (coupon.status === 'Unknown') return E.left('COUPON_NOT_FOUND');
  if (isCarriedOut(coupon, decision)) return E.right([]);
  return E.right([{ type: 'CouponPaused', ...decision }]);
};
