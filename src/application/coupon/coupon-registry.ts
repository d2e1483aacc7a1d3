import { type ContextSchemas } from '../kernel/events/event-registry.js';
import { isCouponEvent } from './coupon-aggregate.js';
import { isCouponRejectionEvent } from './coupon-rejections-aggregate.js';
import { COUPON_REJECTION_STREAMS, COUPON_STREAMS } from './coupon-streams.js';

import { couponMessages } from './coupon-messages.js';

export const couponSchemas: ContextSchemas = {
  context: 'coupon',
  streams: [
    [COUPON_STREAMS, isCouponEvent],
    [COUPON_REJECTION_STREAMS, isCouponRejectionEvent],
  ],
  messages: [...couponMessages.types.values()],
};
