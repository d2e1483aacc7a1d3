import { either as E } from 'fp-ts';
import { type CommandFrom, type Decided } from '../decider.js';
import { type Coupon, isCarriedOut } from './coupon.js';
import { type CouponResumed, type CouponEvent } from './events.js';

export type ResumeCoupon = CommandFrom<CouponResumed, 'ResumeCoupon'>;

export type ResumeRejection = 'COUPON_NOT_FOUND';

/** Recorded even when it changes nothing: who asked, and why, is a fact. A repeated request is not. */
export const resumeCoupon = (
  { type: _, ...decision }: ResumeCoupon,
  coupon: Coupon,
): Decided<CouponEvent, ResumeRejection> => {
  if (coupon.status === 'Unknown') return E.left('COUPON_NOT_FOUND');
  if (isCarriedOut(coupon, decision)) return E.right([]);
  return E.right([{ type: 'CouponResumed', ...decision }]);
};
