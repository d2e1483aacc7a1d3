import { z } from 'zod';
import { whoAndWhy, id, idExcept, idOut, text, timeIn, timeOut, challenge } from './fields.js';

const MOST = 1_000_000_000;

export const discount = z
  .discriminatedUnion('kind', [
    z.object({ kind: z.literal('AMOUNT'), value: z.int().min(1).max(Number.MAX_SAFE_INTEGER) }),
    z.object({ kind: z.literal('PERCENT'), value: z.int().min(1).max(100) }),
  ])
  .meta({ id: 'Discount' });

export const newCoupon = z
  .object({
    couponId: idExcept('issue-status').exactOptional(),
    name: text(200),
    quantity: z.int().min(1).max(MOST),
    discount,
    opensAt: timeIn.nullish(),
    closesAt: timeIn.nullish().meta({ description: 'Giving out ends.' }),
    usableUntil: timeIn.nullish().meta({ description: 'Using ends; null: never. Left out, it ends with giving out.' }),
    eventId: id.nullish(),
    challenge: challenge.exactOptional(),
  })
  .meta({ id: 'NewCoupon' });

export const coupon = z
  .object({
    couponId: idOut,
    name: z.string(),
    quantity: z.int(),
    issued: z.int(),
    remaining: z.int(),
    status: z.enum(['SCHEDULED', 'OPEN', 'PAUSED', 'SOLD_OUT', 'CLOSED']),
    discount,
    opensAt: timeOut.nullable(),
    closesAt: timeOut.nullable(),
    usableUntil: timeOut.nullable().meta({ description: 'When using ends; null: never.' }),
    eventId: idOut.nullable(),
    challenge,
  })
  .meta({ id: 'Coupon' });

const asked = { requestId: id.exactOptional(), ...whoAndWhy };

export const operation = z.object(asked).meta({ id: 'Operation' });

export const quantityChange = z.object({ quantity: z.int().min(0).max(MOST), ...asked }).meta({ id: 'QuantityChange' });

export const termsChange = z
  .object({
    name: text(200).exactOptional(),
    closesAt: timeIn
      .nullable()
      .exactOptional()
      .meta({ description: 'Giving out ends; null: never. Left out, it stays as it is.' }),
    usableUntil: timeIn
      .nullable()
      .exactOptional()
      .meta({ description: 'Using ends; null: never. Left out, it stays as it is.' }),
    challenge: challenge.exactOptional(),
    ...asked,
  })
  .meta({ id: 'TermsChange' });
