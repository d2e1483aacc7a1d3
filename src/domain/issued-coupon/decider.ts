import { either as E } from 'fp-ts';
import { type CommandFrom, type Decided, type Decider } from '../decider.js';
import { isGivenBackWith, isTakenAnew, latePaymentOf, mayTakeAgain, type Over, toEnd } from '../taking.js';
import { type CouponRedeemed, type CouponRestored, type IssuedCouponEvent } from './events.js';
import { evolve, type IssuedCoupon, unusedCoupon } from './issued-coupon.js';

export interface RedeemCoupon extends CommandFrom<CouponRedeemed, 'RedeemCoupon'> {
  /** A payment came in after the order had run out: use the coupon once more if it is still unused. */
  readonly again: boolean;
  /** For which attempt to place the order, or for which late payment; absent for one that stands and never ran out. */
  readonly takenBy?: string;
}

type RestoreCoupon = CommandFrom<CouponRestored, 'RestoreCoupon'> & Over;

export type IssuedCouponCommand = RedeemCoupon | RestoreCoupon;

export type IssuedCouponRejection = 'COUPON_USED';

/** Only the order that uses it gives it back, and does not take it late. */
const restoreCoupon = (command: RestoreCoupon, coupon: IssuedCoupon): Decided<IssuedCouponEvent> => {
  const { type: _, takenBy: by, latePayments = Infinity, ...use } = command;
  const isUsed = coupon.usedBy === use.orderId;
  const isTheirs = by === undefined || isGivenBackWith(by, coupon.takenBy);
  if (isUsed && !(isTheirs && latePaymentOf(coupon.takenBy) <= latePayments)) return E.right([]);
  const back: ReadonlyArray<IssuedCouponEvent> = isUsed ? [{ type: 'CouponRestored', ...use }] : [];
  const takenBy = toEnd(command, back.reduce(evolve, coupon).gaveBack.get(use.orderId) ?? null);
  return E.right(takenBy === null ? back : [...back, { type: 'CouponUseEnded', ...use, takenBy }]);
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
