import { z } from 'zod';
import { isOfPlacing, type OrderEvent } from '../../../domain/order/events.js';
import { statusAfter } from '../../../domain/order/order.js';
import { type PaymentEvent } from '../../../domain/payment/events.js';
import { isSealed } from '../../../domain/sealed.js';
import { DATA_PLATFORM, ORDER_EVENTS, PAYMENT_EVENTS } from '../../kernel/messaging/topics.js';
import { type IntegrationEvent, integrationMessage } from './integration-event.js';

const payment = { paymentId: z.string(), orderId: z.string(), userId: z.string(), amount: z.int() };

export const paymentMessages = {
  completed: integrationMessage(PAYMENT_EVENTS, 'PAYMENT_COMPLETED', payment),
  declined: integrationMessage(PAYMENT_EVENTS, 'PAYMENT_DECLINED', { ...payment, code: z.string() }),
  refunded: integrationMessage(PAYMENT_EVENTS, 'PAYMENT_REFUNDED', payment),
};

/** Only how a payment ended: its attempts are our own affair. */
export const paymentIntegration = (event: PaymentEvent): IntegrationEvent | null => {
  switch (event.type) {
    case 'PaymentCompleted':
      return paymentMessages.completed.of(event.paymentId, event);
    case 'PaymentDeclined':
      return paymentMessages.declined.of(event.paymentId, event);
    case 'PaymentRefunded':
      return paymentMessages.refunded.of(event.paymentId, event);
    case 'PaymentPrepared':
    case 'PaymentApprovalStarted':
    case 'PaymentAttempted':
    case 'PaymentRefundRequested':
      return null;
  }
};

/** Instead of a reason in somebody's own words, which may name a person: the order shows it to its user. */
const STATED = 'STATED';

const order = { orderId: z.string(), userId: z.string() };
const withReason = { ...order, reason: z.string() };
const withPayment = { ...order, paymentId: z.string() };

export const orderMessages = {
  created: integrationMessage(ORDER_EVENTS, 'ORDER_CREATED', {
    ...order,
    lines: z.array(z.object({ productId: z.string(), quantity: z.int(), unitPrice: z.int() })).readonly(),
    total: z.int(),
  }),
  awaitingPayment: integrationMessage(ORDER_EVENTS, 'ORDER_PAYMENT_PENDING', withPayment),
  placed: integrationMessage(ORDER_EVENTS, 'ORDER_PLACED', {
    ...order,
    paymentId: z.string().nullable().describe('Null: nothing was left to pay.'),
  }),
  completed: integrationMessage(ORDER_EVENTS, 'ORDER_COMPLETED', order),
  shipped: integrationMessage(ORDER_EVENTS, 'ORDER_SHIPPED', order),
  delivered: integrationMessage(ORDER_EVENTS, 'ORDER_DELIVERED', order),
  cancelled: integrationMessage(ORDER_EVENTS, 'ORDER_CANCELLED', withReason),
  failed: integrationMessage(ORDER_EVENTS, 'ORDER_FAILED', withReason),
  expired: integrationMessage(ORDER_EVENTS, 'ORDER_EXPIRED', order),
};

export const dataPlatformMessages = {
  statusChanged: integrationMessage(DATA_PLATFORM, 'ORDER_STATUS_CHANGED', {
    ...order,
    status: z.string(),
    idempotencyKey: z.string().describe('{orderId}-{status}: also the X-Idempotency-Key of the HTTP call.'),
  }),
};

/** Changes that outsiders do not see are not published; messages about money come from the payment. */
type Told = Exclude<OrderEvent, { type: 'OrderPaymentRefused' | 'OrderPlacingStarted' | 'OrderNotPlaced' }>;

export const isToldOfOrder = (event: OrderEvent): event is Told =>
  event.type !== 'OrderPaymentRefused' && !isOfPlacing(event);

const orderEvent = (event: Told): IntegrationEvent => {
  switch (event.type) {
    case 'OrderCreated':
      return orderMessages.created.of(event.orderId, event);
    case 'OrderPaymentPending':
      return orderMessages.awaitingPayment.of(event.orderId, event);
    case 'OrderPaid':
      return orderMessages.placed.of(event.orderId, event);
    case 'OrderConfirmed':
      return orderMessages.completed.of(event.orderId, event);
    case 'OrderShipped':
      return orderMessages.shipped.of(event.orderId, event);
    case 'OrderDelivered':
      return orderMessages.delivered.of(event.orderId, event);
    case 'OrderCancelled':
      return orderMessages.cancelled.of(event.orderId, isSealed(event.reason) ? { ...event, reason: STATED } : event);
    case 'OrderFailed':
      return orderMessages.failed.of(event.orderId, event);
    case 'OrderExpired':
      return orderMessages.expired.of(event.orderId, event);
  }
};

/** Every change of an order goes to the systems that handle orders, and as a status to the data platform. */
export const orderIntegration = (event: OrderEvent): ReadonlyArray<IntegrationEvent> => {
  if (!isToldOfOrder(event)) return [];
  const { orderId, userId } = event;
  const status = statusAfter[event.type];
  const idempotencyKey = `${orderId}-${status}`;
  return [
    orderEvent(event),
    dataPlatformMessages.statusChanged.of(orderId, { orderId, userId, status, idempotencyKey }),
  ];
};
