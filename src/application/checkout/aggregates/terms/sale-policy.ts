import { z } from 'zod';
import { type SalePolicy } from '../../../../domain/sale-policy.js';

/** A policy as it is kept and told. */
export const salePolicy = z.object({
  latePayment: z.enum(['REACQUIRE', 'REFUND']),
  soldOut: z.enum(['REOPEN', 'STAY_CLOSED']),
  cancel: z.enum(['UNTIL_SHIPPED', 'UNTIL_PAID']),
}) satisfies z.ZodType<SalePolicy>;
