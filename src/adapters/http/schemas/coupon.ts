import { z } from 'zod';
import { whoAndWhy, id, idExcept, idOut, text, timeIn, timeOut, challenge, named } from './fields.js';

const MOST = 1_000_000_000;

export const discount = z
  .discriminatedUnion('kind', [
    z.object({ kind: z.literal('AMOUNT'), value: z.int().min(1).max(Number.MAX_SAFE_INTEGER) }),
    z.object({ kind: z.literal('PERCENT'), value: z.int().min(1).max(100) }),
  ])
  .meta({ id: 'Discount' });

export const newCoupon = named('NewCoupon', {
  couponId: idExcept('issue-status').exactOptional(),
  name: text(200),
  quantity: z.int().min(1).max(MOST),
  discount,
  opensAt: timeIn.nullish(),
  closesAt: timeIn.nullish().describe('Giving out ends.'),
  usableUntil: timeIn.nullish().describe('Using ends; null: never. Left out, it ends with giving out.'),
  eventId: id.nullish(),
  challenge: challenge.exactOptional(),
});

export const coupon = named('Coupon', {
  couponId: idOut,
  name: z.string(),
  quantity: z.int(),
  issued: z.int(),
  remaining: z.int(),
  status: z.enum(['SCHEDULED', 'OPEN', 'PAUSED', 'SOLD_OUT', 'CLOSED']),
  discount,
  opensAt: timeOut.nullable(),
  closesAt: timeOut.nullable(),
  usableUntil: timeOut.nullable().describe('When using ends; null: never.'),
  eventId: idOut.nullable(),
  challenge,
});

const asked = { requestId: id.exactOptional(), ...whoAndWhy };

export const operation = named('Operation', asked);

export const quantityChange = named('QuantityChange', { quantity: z.int().min(0).max(MOST), ...asked });

export const termsChange = named('TermsChange', {
  name: text(200).exactOptional(),
  closesAt: timeIn.nullable().exactOptional().describe('Giving out ends; null: never. Left out, it stays as it is.'),
  usableUntil: timeIn.nullable().exactOptional().describe('Using ends; null: never. Left out, it stays as it is.'),
  challenge: challenge.exactOptional(),
  ...asked,
});
