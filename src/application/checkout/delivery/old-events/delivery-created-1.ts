import { z } from 'zod';
import { oldVersion } from '../../../kernel/events/event-schemas.js';

/** Of before shipping was sealed. It stays plain. */
export const deliveryCreated1 = oldVersion(
  z.object({
    userId: z.string(),
    shipping: z.record(z.string(), z.unknown()),
    orderId: z.string(),
    at: z.number(),
  }),
  (old) => old,
);
