import { z } from 'zod';
import { type CouponIssued } from '../../domain/coupon/events.js';
import { eventsOf } from '../kernel/events/event-schemas.js';
import { type View } from '../kernel/projection/view.js';
import { isIssuedCouponEvent, ISSUED_COUPON_STREAMS } from './issued-coupon-aggregate.js';
import { COUPON_STREAMS } from './coupon-aggregate.js';

export interface UserCoupon {
  readonly userId: string;
  readonly couponId: string;
  readonly requestId: string;
  readonly place: number;
  /** Epoch milliseconds: when it was recorded. */
  readonly issuedAt: number;
  readonly position: number;
  readonly usedBy: string | null;
}

/** A shop keeps millions of these for ever: they are stored without the names of their fields, which would take half the space. */
const userCoupon = z
  .tuple([z.string(), z.string(), z.string(), z.number(), z.number(), z.number(), z.string().optional()])
  .transform(([userId, couponId, requestId, place, issuedAt, position, usedBy = null]): UserCoupon => ({
    userId,
    couponId,
    requestId,
    place,
    issuedAt,
    position,
    usedBy,
  }));

const stored = ({ userId, couponId, requestId, place, issuedAt, position, usedBy }: UserCoupon): object => {
  const fields = [userId, couponId, requestId, place, issuedAt, position];
  return usedBy === null ? fields : [...fields, usedBy];
};

/** What the ids of all coupons of a user begin with. */
export const couponsOf = (userId: string): string => `${userId}/`;

export const userCouponId = (userId: string, couponId: string): string => `${couponsOf(userId)}${couponId}`;

const isIssued = eventsOf<CouponIssued>({ CouponIssued: true });

/**
 * Who holds what, and which order uses it. By user, then coupon: what a user holds lies side by side, and needs no index. A
 * coupon is issued to a user once, so every issue is a new document.
 */
export const userCouponsView: View<UserCoupon> = {
  name: 'user-coupons',
  version: 4,
  schema: userCoupon,
  stored,
  streamPrefixes: [COUPON_STREAMS, ISSUED_COUPON_STREAMS],
  documentIds: ({ event }) =>
    isIssued(event) || isIssuedCouponEvent(event) ? [userCouponId(event.userId, event.couponId)] : [],
  creates: ({ event }) => isIssued(event),
  fold: (held, { event, recordedAt, position }) => {
    if (held !== null && isIssuedCouponEvent(event) && event.type !== 'CouponUseEnded')
      return { ...held, usedBy: event.type === 'CouponRestored' ? null : event.orderId };
    if (held !== null || !isIssued(event)) return held;
    const { userId, couponId, requestId, place } = event;
    return { userId, couponId, requestId, place, issuedAt: recordedAt, position, usedBy: null };
  },
  entries: () => [],
};
