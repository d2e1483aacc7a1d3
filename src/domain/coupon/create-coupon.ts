import { either as E } from 'fp-ts';
import { type CommandFrom, type Decided } from '../decider.js';
import { type Coupon } from './coupon.js';
import { type CouponCreated, type CouponEvent } from './events.js';

/** All that is recorded of a new coupon. */
export type CreateCoupon = CommandFrom<CouponCreated, 'CreateCoupon'>;

export type CreateRejection = 'COUPON_EXISTS' | 'INVALID_WINDOW';

export const createCoupon = (
  { type: _, ...coupon }: CreateCoupon,
  existing: Coupon,
): Decided<CouponEvent, CreateRejection> => {
  if (existing.status !== 'Unknown') return E.left('COUPON_EXISTS');
  const { opensAt, closesAt, usableUntil = null } = coupon;
  if (opensAt !== null && [closesAt, usableUntil].some((end) => end !== null && end <= opensAt))
    return E.left('INVALID_WINDOW');
  return E.right([{ type: 'CouponCreated', ...coupon }]);
};
