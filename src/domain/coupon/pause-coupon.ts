import { either as E } from 'fp-ts';
import { type Instant } from '../time.js';
import { type Coupon, isCarriedOut } from './coupon.js';
import { type CouponEvent } from './events.js';

export interface PauseCoupon {
  readonly type: 'PauseCoupon';
  readonly couponId: string;
  readonly requestId: string;
  readonly actor: string;
  readonly reason: string;
  readonly at: Instant;
}

export type PauseRejection = 'COUPON_NOT_FOUND';

/** Recorded even when it changes nothing: who asked, and why, is a fact. A repeated request is not. */
export const pauseCoupon = (
  { type: _, ...decision }: PauseCoupon,
  coupon: Coupon,
): E.Either<PauseRejection, ReadonlyArray<CouponEvent>> => {
  if (coupon.status === 'Unknown') return E.left('COUPON_NOT_FOUND');
  if (isCarriedOut(coupon, decision)) return E.right([]);
  return E.right([{ type: 'CouponPaused', ...decision }]);
};
