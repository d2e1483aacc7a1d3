import { z } from 'zod';
import { discount } from './coupon.js';
import { id, idOut, pageOut, receiptOut, timeOut, named } from './fields.js';

export const issueRequest = named('IssueRequest', { userId: id, requestId: id.exactOptional() }, { required: [] });

export const accepted = named('Accepted', {
  requestId: idOut,
  couponId: idOut,
  userId: idOut,
  status: z.literal('PENDING'),
  message: z.string(),
  receipt: receiptOut,
});

export const issueStatus = named('IssueStatus', {
  requestId: idOut,
  couponId: idOut,
  userId: idOut.optional().describe('Absent where no user asked, or nobody knows who.'),
  status: z.enum(['PROCESSING', 'SUCCESS', 'FAILED', 'ALREADY_ISSUED', 'OUT_OF_STOCK']),
  code: z.string().optional().describe('Why not, when it led to nothing.'),
  message: z.string(),
  place: z.int().min(1).optional(),
  supersedes: z
    .object({ code: z.string(), processedAt: timeOut })
    .optional()
    .describe('The answer before this one: it could not be processed then, and was decided anew.'),
  processedAt: timeOut.optional(),
});

export const userIssueStatus = named('UserIssueStatus', {
  status: z.enum(['PENDING', 'ISSUED', 'FAILED', 'NOT_REQUESTED']),
  requestId: idOut.optional(),
  code: z.string().optional().describe('Why not, when it FAILED.'),
  message: z.string(),
});

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
