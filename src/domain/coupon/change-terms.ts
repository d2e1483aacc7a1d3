import { either as E } from 'fp-ts';
import { type CommandFrom, type Decided } from '../decider.js';
import { type Coupon, isCarriedOut } from './coupon.js';
import { isWindow } from './create-coupon.js';
import { type CouponEvent, type CouponTermsChanged } from './events.js';

export type ChangeTerms = CommandFrom<CouponTermsChanged, 'ChangeTerms'>;

export type TermsRejection = 'COUPON_NOT_FOUND' | 'INVALID_WINDOW';

/** What is not named stays as it is, also where it would not be accepted any more. */
export const changeTerms = (
  { type: _, ...change }: ChangeTerms,
  coupon: Coupon,
): Decided<CouponEvent, TermsRejection> => {
  if (coupon.status === 'Unknown') return E.left('COUPON_NOT_FOUND');
  if (isCarriedOut(coupon, change)) return E.right([]);
  const isMoved = change.closesAt !== undefined || change.usableUntil !== undefined;
  if (isMoved && !isWindow({ ...coupon, ...change })) return E.left('INVALID_WINDOW');
  return E.right([{ type: 'CouponTermsChanged', ...change }]);
};
