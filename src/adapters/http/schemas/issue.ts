import { z } from 'zod';
import { discount } from './coupon.js';
import { id, idOut, pageOut, receiptOut, timeOut } from './fields.js';

export const issueRequest = z
  .object({ userId: id, requestId: id.exactOptional() })
  .meta({ id: 'IssueRequest', required: [] });

export const accepted = z
  .object({
    requestId: idOut,
    couponId: idOut,
    userId: idOut,
    status: z.literal('PENDING'),
    message: z.string(),
    receipt: receiptOut,
  })
  .meta({ id: 'Accepted' });

export const issueStatus = z
  .object({
    requestId: idOut,
    couponId: idOut,
    userId: idOut.optional().meta({ description: 'Absent where no user asked, or nobody knows who.' }),
    status: z.enum(['PROCESSING', 'SUCCESS', 'FAILED', 'ALREADY_ISSUED', 'OUT_OF_STOCK']),
    code: z.string().optional().meta({ description: 'Why not, when it led to nothing.' }),
    message: z.string(),
    place: z.int().min(1).optional(),
    supersedes: z
      .object({ code: z.string(), processedAt: timeOut })
      .optional()
      .meta({ description: 'The answer before this one: it could not be processed then, and was decided anew.' }),
    processedAt: timeOut.optional(),
  })
  .meta({ id: 'IssueStatus' });

export const userIssueStatus = z
  .object({
    status: z.enum(['PENDING', 'ISSUED', 'FAILED', 'NOT_REQUESTED']),
    requestId: idOut.optional(),
    code: z.string().optional().meta({ description: 'Why not, when it FAILED.' }),
    message: z.string(),
  })
  .meta({ id: 'UserIssueStatus' });

export const userCoupon = z.object({
  couponId: idOut,
  name: z.string(),
  discount,
  requestId: idOut,
  place: z.int(),
  status: z.enum(['AVAILABLE', 'USED', 'EXPIRED']),
  issuedAt: timeOut,
  expiresAt: timeOut.nullable(),
});
export const userCoupons = pageOut(userCoupon).meta({ id: 'UserCoupons' });
