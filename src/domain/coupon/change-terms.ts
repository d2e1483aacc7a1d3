import { either as E } from 'fp-ts';
import { type CommandFrom, type Decided } from '../decider.js';
import { type Instant } from '../time.js';
import { type Coupon, isCarriedOut } from './coupon.js';
import { type CouponEvent, type CouponTermsChanged } from './events.js';

export type ChangeTerms = CommandFrom<CouponTermsChanged, 'ChangeTerms'>;

export type TermsRejection = 'COUPON_NOT_FOUND' | 'INVALID_WINDOW';

/** What is not named stays as it is. Giving out, and using, end after giving out begins. */
export const changeTerms = (
  { type: _, ...change }: ChangeTerms,
  coupon: Coupon,
): Decided<CouponEvent, TermsRejection> => {
  if (coupon.status === 'Unknown') return E.left('COUPON_NOT_FOUND');
  if (isCarriedOut(coupon, change)) return E.right([]);
  const { opensAt } = coupon;
  const endsTooSoon = (end: Instant | null | undefined): boolean =>
    opensAt !== null && end !== null && end !== undefined && end <= opensAt;
  if (endsTooSoon(change.closesAt) || endsTooSoon(change.usableUntil)) return E.left('INVALID_WINDOW');
  return E.right([{ type: 'CouponTermsChanged', ...change }]);
};
