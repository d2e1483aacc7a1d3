import { z } from 'zod';
import { type NoticeKind, type Notices } from '../../packages/client/src/index.js';
import { toNotice } from '../../src/application/notices/to-notice.js';
import { fixtures } from '../support/events/fixtures.js';

const id = z.string();
const time = z.iso.datetime();
const coupon = { couponId: id, requestId: id, userId: id };
const token = { scheduleId: id, tokenId: id, userId: id };
const order = { orderId: id, userId: id };
const payment = { ...order, paymentId: id, amount: z.int() };

/** What the types of the client say, as something that can be compared with what is sent. */
const said = {
  'coupon-issued': z.strictObject({ ...coupon, status: z.literal('SUCCESS'), place: z.int(), processedAt: time }),
  'coupon-rejected': z.strictObject({
    ...coupon,
    status: z.enum(['ALREADY_ISSUED', 'OUT_OF_STOCK', 'FAILED']),
    code: z.string(),
    processedAt: time,
  }),
  'coupon-rejection-withdrawn': z.strictObject({ ...coupon, withdrawnAt: time }),
  'token-activated': z.strictObject({ ...token, status: z.literal('ACTIVE'), claimBy: time, expiresAt: time }),
  'token-expired': z.strictObject({ ...token, status: z.literal('EXPIRED'), reason: z.string(), expiredAt: time }),
  'order-completed': z.strictObject({ ...order, status: z.literal('CONFIRMED'), completedAt: time }),
  'order-cancelled': z.strictObject({
    ...order,
    status: z.literal('CANCELLED'),
    reason: z.string(),
    cancelledAt: time,
  }),
  'order-expired': z.strictObject({ ...order, status: z.literal('EXPIRED'), expiredAt: time }),
  'order-failed': z.strictObject({ ...order, status: z.literal('FAILED'), reason: z.string(), failedAt: time }),
  'payment-completed': z.strictObject({ ...payment, status: z.literal('PAID'), paidAt: time }),
  'payment-refunded': z.strictObject({ ...payment, status: z.literal('REFUNDED'), refundedAt: time }),
  'event-open': z.strictObject({ eventId: id, name: z.string(), opensAt: time, openedAt: time }),
  'event-cancelled': z.strictObject({
    eventId: id,
    name: z.string().exactOptional(),
    status: z.literal('CANCELLED'),
    cancelledAt: time,
  }),
} satisfies { readonly [K in Exclude<NoticeKind, 'connected' | 'resync'>]: z.ZodType<Notices[K]> };

const isKnown = (kind: string): kind is keyof typeof said => Object.hasOwn(said, kind);

test('every notice the server sends is as the types of the client say', () => {
  const told = new Set<string>();
  for (const { event, name } of fixtures.values()) {
    const notice = toNotice({ event, position: 1 });
    if (notice === null) continue;
    told.add(notice.kind);
    const schema = isKnown(notice.kind) ? said[notice.kind] : z.never();
    expect([name, notice.kind, schema.safeParse(notice.data).error?.issues]).toEqual([name, notice.kind, undefined]);
  }
  expect([...told].sort()).toEqual(Object.keys(said).sort());
});
