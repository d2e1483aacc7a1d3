import { z } from 'zod';
import { type SalePolicy } from '../../../domain/sale-policy.js';
import { type PurchaseLimits } from '../../../domain/stock/purchase-limits.js';

const sealed = z.templateLiteral(['sealed.', z.string()]);

/** Sealed, or plain where it was recorded before. */
export const shipping = z.union([sealed, z.record(z.string(), z.unknown())]);

/** A policy as it is kept and told. */
export const salePolicy = z.object({
  latePayment: z.enum(['REACQUIRE', 'REFUND']),
  soldOut: z.enum(['REOPEN', 'STAY_CLOSED']),
  cancel: z.enum(['UNTIL_SHIPPED', 'UNTIL_PAID']),
}) satisfies z.ZodType<SalePolicy>;

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
