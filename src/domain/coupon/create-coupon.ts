import { either as E } from 'fp-ts';
import { type CommandFrom, type Decided } from '../decider.js';
import { type Coupon } from './coupon.js';
import { type CouponCreated, type CouponEvent } from './events.js';

/** All that is recorded of a new coupon. */
export type CreateCoupon = CommandFrom<CouponCreated, 'CreateCoupon'>;

export type CreateRejection = 'COUPON_EXISTS' | 'INVALID_WINDOW';

/** Giving out, and using, end after giving out begins; and nobody is given a coupon that can no longer be used. */
export const isWindow = ({
  opensAt,
  closesAt,
  usableUntil = null,
}: Pick<CreateCoupon, 'opensAt' | 'closesAt' | 'usableUntil'>): boolean =>
  [closesAt, usableUntil].every((end) => opensAt === null || end === null || end > opensAt) &&
  (closesAt === null || usableUntil === null || closesAt <= usableUntil);

export const createCoupon = (
  { type: _, ...coupon }: CreateCoupon,
  existing: Coupon,
): Decided<CouponEvent, CreateRejection> => {
  if (existing.status !== 'Unknown') return E.left('COUPON_EXISTS');
  if (!isWindow(coupon)) return E.left('INVALID_WINDOW');
  return E.right([{ type: 'CouponCreated', ...coupon }]);
};
