import { z } from 'zod';
import { type PurchaseLimits } from '../../../../domain/stock/purchase-limits.js';

/** Limits as they are kept and told. */
export const purchaseLimits: z.ZodType<PurchaseLimits> = z.object({
  maxPerUser: z.number().nullable(),
  maxOpenHolds: z.number().nullable(),
  pauseAfterExpirySeconds: z.number().nullable(),
});

/** The same where what is not named stays as it is. */
export const changedLimits = z.object({
  maxPerUser: z.number().nullable().optional(),
  maxOpenHolds: z.number().nullable().optional(),
  pauseAfterExpirySeconds: z.number().nullable().optional(),
});
