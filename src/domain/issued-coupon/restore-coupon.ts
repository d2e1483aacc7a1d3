import { either as E } from 'fp-ts';
import { type CommandFrom } from '../command-from.js';
import { isGivenBackWith, latePaymentOf } from '../taking.js';
import { type CouponRestored, type IssuedCouponEvent } from './events.js';
import { type IssuedCoupon } from './issued-coupon.js';

export interface RestoreCoupon extends CommandFrom<CouponRestored, 'RestoreCoupon'> {
  /** An attempt that failed gives back what it took, and what earlier ones took. Absent: the order is off. */
  readonly takenBy?: string;
  /** A use by a late payment with a higher number is not given back. Absent: the coupon is given back in any case. */
  readonly latePayments?: number;
}

/** Only the order that uses it gives it back. */
export const restoreCoupon = (
  { type: _, takenBy, latePayments = Infinity, ...use }: RestoreCoupon,
  coupon: IssuedCoupon,
): E.Either<never, ReadonlyArray<IssuedCouponEvent>> => {
  const isTheirs = takenBy === undefined || isGivenBackWith(takenBy, coupon.takenBy);
  const isMeant = latePaymentOf(coupon.takenBy) <= latePayments;
  return E.right(coupon.usedBy === use.orderId && isTheirs && isMeant ? [{ type: 'CouponRestored', ...use }] : []);
};
