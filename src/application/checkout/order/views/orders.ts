import { z } from 'zod';
import { isOfPlacing, type OrderEvent } from '../../../../domain/order/events.js';
import { orderStatuses, statusAfter } from '../../../../domain/order/order.js';
import { type PaymentEvent } from '../../../../domain/payment/events.js';
import { isSealed } from '../../../../domain/sealed.js';
import { isPersonalDataEvent, PERSONAL_DATA_STREAMS } from '../../../kernel/personal-data/personal-data-events.js';
import { type View } from '../../../kernel/projection/view.js';
import { isOrderEvent, ORDER_STREAMS } from '../../aggregates/order-aggregate.js';
import { isPaymentEvent, PAYMENT_STREAMS } from '../../aggregates/payment-aggregate.js';
import { shipping } from '../../aggregates/terms.js';

const payment = z.object({
  paymentId: z.string(),
  amount: z.number(),
  status: z.enum(['PENDING', 'APPROVING', 'PAID', 'DECLINED', 'REFUNDING', 'REFUNDED']),
  /** The order has said that this payment will not pay it. */
  isRefused: z.boolean(),
  refundedAt: z.number().nullable(),
});
type Payment = z.infer<typeof payment>;

const orderDocument = z.object({
  orderId: z.string(),
  userId: z.string(),
  status: z.enum(orderStatuses),
  lines: z.array(z.object({ productId: z.string(), quantity: z.number(), unitPrice: z.number() })),
  /** Null: it was written plain, and erased. */
  shipping: shipping.nullable(),
  couponId: z.string().nullable(),
  discount: z.number(),
  points: z.number(),
  total: z.number(),
  holdExpiresAt: z.number(),
  /** The payment it is, or is to be, paid by. */
  paymentId: z.string().nullable(),
  /** Every payment it was to be paid by, the last one last. */
  payments: z.array(payment),
  /** The shop's events its goods are tied to, as far as they were written down. */
  eventIds: z.array(z.string()),
  /** Why it was cancelled or failed. */
  reason: z.string().nullable(),
  createdAt: z.number(),
  updatedAt: z.number(),
  /** Of its creation. */
  position: z.number(),
});

/** An order as it stands. Times are epoch milliseconds, money is in the currency's smallest unit. */
export type OrderDocument = z.infer<typeof orderDocument>;

/** Field by field: it is made of every order whenever the view is built anew. */
const created = (event: Extract<OrderEvent, { type: 'OrderCreated' }>, position: number): OrderDocument => {
  const { orderId, userId, shipping, couponId, discount, points, total, holdExpiresAt, at } = event;
  return {
    orderId,
    userId,
    status: 'CREATED',
    lines: [...event.lines],
    shipping,
    couponId,
    discount,
    points,
    total,
    holdExpiresAt,
    paymentId: null,
    payments: [],
    eventIds: [...(event.eventIds ?? [])],
    reason: null,
    createdAt: at,
    updatedAt: at,
    position,
  };
};

const changed = (order: OrderDocument, paymentId: string, change: Partial<Payment>): OrderDocument => ({
  ...order,
  payments: order.payments.map((one) => (one.paymentId === paymentId ? { ...one, ...change } : one)),
});

const paymentStatusAfter = {
  PaymentApprovalStarted: 'APPROVING',
  PaymentCompleted: 'PAID',
  PaymentDeclined: 'DECLINED',
  PaymentRefundRequested: 'REFUNDING',
  PaymentRefunded: 'REFUNDED',
} as const;

const applyPayment = (order: OrderDocument, event: PaymentEvent): OrderDocument => {
  const { paymentId, amount } = event;
  switch (event.type) {
    case 'PaymentPrepared': {
      const fresh = { paymentId, amount, status: 'PENDING', isRefused: false, refundedAt: null } as const;
      return { ...order, payments: [...order.payments, fresh] };
    }
    case 'PaymentAttempted':
      return order;
    case 'PaymentRefunded':
      return changed(order, paymentId, { status: 'REFUNDED', refundedAt: event.at });
    case 'PaymentApprovalStarted':
    case 'PaymentCompleted':
    case 'PaymentDeclined':
    case 'PaymentRefundRequested':
      return changed(order, paymentId, { status: paymentStatusAfter[event.type] });
  }
};

const apply = (order: OrderDocument | null, event: OrderEvent, position: number): OrderDocument | null => {
  if (event.type === 'OrderCreated') return created(event, position);
  if (order === null || isOfPlacing(event)) return order;
  if (event.type === 'OrderPaymentRefused') return changed(order, event.paymentId, { isRefused: true });
  return {
    ...order,
    status: statusAfter[event.type],
    paymentId: 'paymentId' in event ? event.paymentId : order.paymentId,
    reason: 'reason' in event ? event.reason : order.reason,
    updatedAt: event.at,
  };
};

const UNPAID: ReadonlySet<OrderDocument['status']> = new Set(['CREATED', 'PENDING_PAYMENT']);
const BOUGHT: ReadonlySet<OrderDocument['status']> = new Set(['PAID', 'CONFIRMED', 'SHIPPED', 'DELIVERED']);

/**
 * By orderId; index `by-user`, of those whose shipping is not sealed `plain-of-user`, and by event of the shop `unpaid-of-event` and `bought-of-event`, each in the order in which
 * they were placed.
 */
export const ordersView: View<OrderDocument> = {
  name: 'orders',
  version: 3,
  schema: orderDocument,
  streamPrefixes: [ORDER_STREAMS, PAYMENT_STREAMS, PERSONAL_DATA_STREAMS],
  documentIds: ({ event }) => {
    if (isPersonalDataEvent(event)) return event.orderIds;
    if (isOrderEvent(event)) return isOfPlacing(event) ? [] : [event.orderId];
    return isPaymentEvent(event) ? [event.orderId] : [];
  },
  creates: ({ event }) => event.type === 'OrderCreated',
  fold: (order, { event, position }) => {
    if (isOrderEvent(event)) return apply(order, event, position);
    if (order === null) return order;
    if (isPersonalDataEvent(event)) return { ...order, shipping: null };
    return isPaymentEvent(event) ? applyPayment(order, event) : order;
  },
  entries: ({ userId, status, shipping, eventIds, position: sort }) => [
    { index: 'by-user', key: userId, sort },
    ...(shipping === null || isSealed(shipping) ? [] : [{ index: 'plain-of-user', key: userId, sort }]),
    ...(UNPAID.has(status) ? eventIds.map((key) => ({ index: 'unpaid-of-event', key, sort })) : []),
    ...(BOUGHT.has(status) ? eventIds.map((key) => ({ index: 'bought-of-event', key, sort })) : []),
  ],
};
