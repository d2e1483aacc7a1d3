import { z } from 'zod';
import { oldVersion } from '../../../kernel/events/event-schemas.js';
import { salePolicy } from '../terms.js';

/** Written before shipping was sealed: it stays plain. */
export const orderCreated1 = oldVersion(
  z.object({
    lines: z.array(z.object({ productId: z.string(), quantity: z.number(), unitPrice: z.number() })),
    shipping: z.record(z.string(), z.unknown()),
    couponId: z.string().nullable(),
    discount: z.number(),
    points: z.number(),
    total: z.number(),
    holdExpiresAt: z.number(),
    policy: salePolicy.pick({ latePayment: true, cancel: true }).exactOptional(),
    eventIds: z.array(z.string()).exactOptional(),
    orderId: z.string(),
    userId: z.string(),
    at: z.number(),
  }),
  (old) => old,
);
