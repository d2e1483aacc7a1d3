import { either as E } from 'fp-ts';
import { type ChallengePolicy } from '../challenge-policy.js';
import { type Instant } from '../time.js';
import { type Coupon } from './coupon.js';
import { type Discount } from './discount.js';
import { type CouponEvent } from './events.js';

export interface CreateCoupon {
  readonly type: 'CreateCoupon';
  readonly couponId: string;
  readonly name: string;
  readonly quantity: number;
  readonly discount: Discount;
  readonly opensAt: Instant | null;
  readonly closesAt: Instant | null;
  /** Absent: with giving out. */
  readonly usableUntil?: Instant | null;
  readonly eventId: string | null;
  /** Absent: never. */
  readonly challenge?: ChallengePolicy;
  readonly at: Instant;
}

export type CreateRejection = 'COUPON_EXISTS' | 'INVALID_WINDOW';

export const createCoupon = (
  { type: _, ...coupon }: CreateCoupon,
  existing: Coupon,
): E.Either<CreateRejection, ReadonlyArray<CouponEvent>> => {
  if (existing.status !== 'Unknown') return E.left('COUPON_EXISTS');
  const { opensAt, closesAt, usableUntil = null } = coupon;
  if (opensAt !== null && [closesAt, usableUntil].some((end) => end !== null && end <= opensAt))
    return E.left('INVALID_WINDOW');
  return E.right([{ type: 'CouponCreated', ...coupon }]);
};
