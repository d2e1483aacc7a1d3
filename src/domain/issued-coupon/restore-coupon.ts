import { either as E } from 'fp-ts';
import { type Instant } from '../time.js';
import { type IssuedCouponEvent } from './events.js';
import { type IssuedCoupon } from './issued-coupon.js';

export interface RestoreCoupon {
  readonly type: 'RestoreCoupon';
  readonly couponId: string;
  readonly userId: string;
  readonly orderId: string;
  /** A call that failed gives back only what nobody but itself relies on. Absent: the order is off. */
  readonly takenBy?: string;
  readonly at: Instant;
}

/** Only the order that uses it gives it back. */
export const restoreCoupon = (
  { type: _, takenBy, ...use }: RestoreCoupon,
  coupon: IssuedCoupon,
): E.Either<never, ReadonlyArray<IssuedCouponEvent>> => {
  const isTheirs = takenBy === undefined || coupon.takenBy === takenBy;
  return E.right(coupon.usedBy === use.orderId && isTheirs ? [{ type: 'CouponRestored', ...use }] : []);
};
