import { z } from 'zod';
import { oldVersion } from '../../../kernel/events/event-schemas.js';

/** Written before shipping was sealed: it stays plain. */
export const deliveryCreated1 = oldVersion(
  z.object({
    userId: z.string(),
    shipping: z.record(z.string(), z.unknown()),
    orderId: z.string(),
    at: z.number(),
  }),
  (old) => old,
);
