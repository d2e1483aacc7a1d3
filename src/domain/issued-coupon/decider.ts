import { either as E } from 'fp-ts';
import { type CommandFrom, type Decided, type Decider } from '../decider.js';
import { isGivenBackWith, isTakenAnew, latePaymentOf, mayTakeAgain } from '../taking.js';
import { type CouponRedeemed, type CouponRestored, type IssuedCouponEvent } from './events.js';
import { evolve, type IssuedCoupon, unusedCoupon } from './issued-coupon.js';

export interface RedeemCoupon extends CommandFrom<CouponRedeemed, 'RedeemCoupon'> {
  /** A payment came in after the order had run out: use the coupon once more if it is still unused. */
  readonly again: boolean;
  /** For which attempt to place the order, or for which late payment; absent for one that stands and never ran out. */
  readonly takenBy?: string;
}

interface RestoreCoupon extends CommandFrom<CouponRestored, 'RestoreCoupon'> {
  /** An attempt that failed gives back what it took, and what earlier ones took. Absent: the order is off. */
  readonly takenBy?: string;
  /** A use by a late payment with a higher number is not given back. Absent: the coupon is given back in any case. */
  readonly latePayments?: number;
}

export type IssuedCouponCommand = RedeemCoupon | RestoreCoupon;

export type IssuedCouponRejection = 'COUPON_USED';

/** Only the order that uses it gives it back. */
const restoreCoupon = (
  { type: _, takenBy, latePayments = Infinity, ...use }: RestoreCoupon,
  coupon: IssuedCoupon,
): Decided<IssuedCouponEvent> => {
  const isTheirs = takenBy === undefined || isGivenBackWith(takenBy, coupon.takenBy);
  const isMeant = latePaymentOf(coupon.takenBy) <= latePayments;
  return E.right(coupon.usedBy === use.orderId && isTheirs && isMeant ? [{ type: 'CouponRestored', ...use }] : []);
};

const redeemCoupon = (
  { type: _, again, ...use }: RedeemCoupon,
  coupon: IssuedCoupon,
): Decided<IssuedCouponEvent, IssuedCouponRejection> => {
  const { takenBy, expiresAt: _expiresAt, ...restored } = use;
  const redeemed = { type: 'CouponRedeemed', ...use } as const;
  if (coupon.usedBy === use.orderId)
    return E.right(isTakenAnew(coupon.takenBy, takenBy) ? [{ type: 'CouponRestored', ...restored }, redeemed] : []);
  if (coupon.usedBy !== null) return E.left('COUPON_USED');
  const before = coupon.gaveBack.get(use.orderId);
  if (before !== undefined && !mayTakeAgain(before, takenBy, again)) return E.left('COUPON_USED');
  return E.right([redeemed]);
};

export const issuedCouponDecider: Decider<IssuedCoupon, IssuedCouponCommand, IssuedCouponEvent, IssuedCouponRejection> =
  {
    initial: unusedCoupon,
    evolve,
    decide: (command, coupon) =>
      command.type === 'RedeemCoupon' ? redeemCoupon(command, coupon) : restoreCoupon(command, coupon),
  };
