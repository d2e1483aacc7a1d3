import { z } from 'zod';
import { type OrderEvent } from '../../../domain/order/events.js';
import { type View } from '../../projecting/view.js';
import { isOrderEvent, ORDER_STREAMS } from '../order-aggregate.js';

const orderDocument = z.object({
  orderId: z.string(),
  userId: z.string(),
  status: z.enum([
    'CREATED',
    'PENDING_PAYMENT',
    'PAID',
    'CONFIRMED',
    'SHIPPED',
    'DELIVERED',
    'CANCELLED',
    'FAILED',
    'EXPIRED',
  ]),
  lines: z.array(z.object({ productId: z.string(), quantity: z.number(), unitPrice: z.number() })),
  shipping: z.record(z.string(), z.unknown()),
  couponId: z.string().nullable(),
  discount: z.number(),
  points: z.number(),
  total: z.number(),
  holdExpiresAt: z.number(),
  paymentId: z.string().nullable(),
  /** Why it was cancelled or failed. */
  reason: z.string().nullable(),
  createdAt: z.number(),
  updatedAt: z.number(),
  /** Of its creation. */
  position: z.number(),
});

/** An order as it stands. Times are epoch milliseconds, money is in the currency's smallest unit. */
export type OrderDocument = z.infer<typeof orderDocument>;

const statusAfter = {
  OrderPaymentPending: 'PENDING_PAYMENT',
  OrderPaid: 'PAID',
  OrderConfirmed: 'CONFIRMED',
  OrderShipped: 'SHIPPED',
  OrderDelivered: 'DELIVERED',
  OrderCancelled: 'CANCELLED',
  OrderFailed: 'FAILED',
  OrderExpired: 'EXPIRED',
} as const;

const apply = (order: OrderDocument | null, event: OrderEvent, position: number): OrderDocument | null => {
  if (event.type === 'OrderCreated') {
    const { type: _, at, lines, policy: __, ...terms } = event;
    const fresh = { status: 'CREATED', paymentId: null, reason: null } as const;
    return { ...terms, lines: [...lines], ...fresh, createdAt: at, updatedAt: at, position };
  }
  if (order === null || event.type === 'OrderPaymentRefused') return order;
  return {
    ...order,
    status: statusAfter[event.type],
    paymentId: 'paymentId' in event ? event.paymentId : order.paymentId,
    reason: 'reason' in event ? event.reason : order.reason,
    updatedAt: event.at,
  };
};

/** By orderId; index `by-user`, in the order in which they were placed. */
export const ordersView: View<OrderDocument> = {
  name: 'orders',
  version: 1,
  schema: orderDocument,
  streamPrefixes: [ORDER_STREAMS],
  documentIds: ({ event }) => (isOrderEvent(event) ? [event.orderId] : []),
  creates: ({ event }) => event.type === 'OrderCreated',
  fold: (order, { event, position }) => (isOrderEvent(event) ? apply(order, event, position) : order),
  entries: ({ userId, position }) => [{ index: 'by-user', key: userId, sort: position }],
};
