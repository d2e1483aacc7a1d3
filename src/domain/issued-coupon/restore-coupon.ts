import { either as E } from 'fp-ts';
import { type CommandFrom, type Decided } from '../decider.js';
import { isGivenBackWith, latePaymentOf, type Over, toEnd } from '../taking.js';
import { type CouponRestored, type IssuedCouponEvent } from './events.js';
import { evolve, type IssuedCoupon } from './issued-coupon.js';

export type RestoreCoupon = CommandFrom<CouponRestored, 'RestoreCoupon'> & Over;

/** Only the order that uses it gives it back, and does not take it late. */
export const restoreCoupon = (command: RestoreCoupon, coupon: IssuedCoupon): Decided<IssuedCouponEvent> => {
  const { type: _, takenBy: by, latePayments = Infinity, ...use } = command;
  const isUsed = coupon.usedBy === use.orderId;
  const isTheirs = by === undefined || isGivenBackWith(by, coupon.takenBy);
  if (isUsed && !(isTheirs && latePaymentOf(coupon.takenBy) <= latePayments)) return E.right([]);
  const back: ReadonlyArray<IssuedCouponEvent> = isUsed ? [{ type: 'CouponRestored', ...use }] : [];
  const takenBy = toEnd(command, back.reduce(evolve, coupon).gaveBack.get(use.orderId) ?? null);
  return E.right(takenBy === null ? back : [...back, { type: 'CouponUseEnded', ...use, takenBy }]);
};
