import { type ContextEvents } from '../kernel/events/event-registry.js';
import { isCouponEvent } from './coupon-aggregate.js';
import { isCouponRejectionEvent } from './coupon-rejections-aggregate.js';
import { COUPON_REJECTION_STREAMS, COUPON_STREAMS } from './coupon-streams.js';

export const couponEvents: ContextEvents = {
  context: 'coupon',
  streams: [
    [COUPON_STREAMS, isCouponEvent],
    [COUPON_REJECTION_STREAMS, isCouponRejectionEvent],
  ],
};
