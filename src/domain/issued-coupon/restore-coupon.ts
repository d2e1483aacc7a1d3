import { either as E } from 'fp-ts';
import { type Instant } from '../time.js';
import { type IssuedCouponEvent } from './events.js';
import { type IssuedCoupon } from './issued-coupon.js';

export interface RestoreCoupon {
  readonly type: 'RestoreCoupon';
  readonly couponId: string;
  readonly userId: string;
  readonly orderId: string;
  readonly at: Instant;
}

/** Only the order that uses it gives it back. */
export const restoreCoupon = (
  { type: _, ...use }: RestoreCoupon,
  coupon: IssuedCoupon,
): E.Either<never, ReadonlyArray<IssuedCouponEvent>> =>
  E.right(coupon.usedBy === use.orderId ? [{ type: 'CouponRestored', ...use }] : []);
