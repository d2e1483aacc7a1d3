import { z } from 'zod';
import { act } from './audit.js';
import { idOut, timeOut } from './fields.js';
import { userCoupon } from './issue.js';
import { order, points } from './order.js';
import { happened } from './timeline.js';

export const erasedUser = z
  .object({
    userId: idOut,
    erased: z.literal(true),
    erasedAt: timeOut,
    keyDestroyed: z.boolean().describe('There was a key, and now there is none. False: there was none any more.'),
    plainEvents: z
      .int()
      .describe('Events that were written before personal data were encrypted, and still hold theirs in plain text.'),
  })
  .meta({ id: 'ErasedUser' });

export const exportedUser = z
  .object({
    userId: idOut,
    exportedAt: timeOut,
    orders: z.array(order).describe('With their payments. What was erased is null.'),
    coupons: z.array(userCoupon),
    points,
    happened: z
      .array(happened)
      .describe('All that happened: queues, payments, points, deliveries, and what they were told.'),
    acts: z.array(act).describe('What operators and services changed of theirs.'),
    cut: z
      .array(z.enum(['orders', 'coupons', 'happened', 'acts']))
      .describe('Lists of which only the first 10,000 are here.'),
  })
  .meta({ id: 'ExportedUser' });
