import { z } from 'zod';
import { idOut, timeOut } from './fields.js';

const state = z.enum(['ok', 'degraded', 'down']);

/** What problems name beside their code: every field any of them may have. */
export const problemFields = z.object({
  requestId: idOut.optional(),
  statusUrl: z.string().optional().describe('Where it can be asked for.'),
  opensAt: timeOut.nullable().optional(),
  scheduleId: idOut.optional().describe('The waiting room in front of it.'),
  couponId: idOut.optional(),
  productId: idOut.optional(),
  eventId: idOut.optional(),
  orderId: idOut.optional(),
  chargeId: idOut.optional(),
  paymentId: idOut.optional(),
  deliveryNote: idOut.optional(),
  orderStatus: z.string().optional(),
  total: z.int().optional().describe('What the order costs.'),
  reason: z
    .enum([
      'NOT_YOURS',
      'USED',
      'EXPIRED',
      'WORTH_NOTHING',
      'MAX_PER_USER',
      'MAX_OPEN_HOLDS',
      'PAUSE_AFTER_EXPIRY',
      'DISK_LOW',
      'DISK_FULL',
      'DISK_FAILED',
      'STREAM_UNREADABLE',
    ])
    .optional()
    .describe('Why the coupon cannot be used, which limit is reached, or why nothing can be written or decided.'),
  limit: z.int().optional().describe('In units, open holds or seconds, as reason says.'),
  bought: z.int().optional().describe('Units of it this user has bought.'),
  held: z.int().optional().describe('Units of it that are held for this user.'),
  until: timeOut.nullable().optional().describe('From when it may be tried again; null: time alone does not help.'),
  most: z.int().optional().describe('The largest total an order may have.'),
  lines: z
    .array(z.object({ productId: idOut, available: z.int().nullable().describe('null is unknown.') }))
    .readonly()
    .optional()
    .describe('The lines there is not enough for.'),
  challenge: z.looseObject({}).optional().describe('To be solved, as its provider defines it.'),
  engines: z.record(z.string(), state).optional(),
  draining: z.boolean().optional(),
  disk: z.string().optional().describe('What is wrong with the disk of the data, for operators.'),
});

export type ProblemFields = Readonly<z.input<typeof problemFields>>;
