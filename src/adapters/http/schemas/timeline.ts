import { z } from 'zod';
import { timeOut } from './fields.js';

export const happened = z.object({
  at: timeOut,
  what: z.string().meta({ examples: ['CouponIssued'] }),
  stream: z.string(),
  facts: z.looseObject({}).meta({ description: 'Ids, amounts, reasons: what the event says.' }),
  askedAt: timeOut.optional(),
  notice: z.string().optional().meta({ description: 'What the user was told of it.' }),
  correlationId: z.string().meta({ description: 'X-Request-Id of the request that led here.' }),
  position: z.number(),
});

export const timeline = z
  .object({ items: z.array(happened), nextCursor: z.string().nullable() })
  .meta({ id: 'Timeline' });
