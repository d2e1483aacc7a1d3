import { ASK_AFTER_MS } from '../../../domain/checkout/payment-actions.js';
import { type DeadlineRule, type Deadline } from '../../kernel/process/deadlines/deadline.js';
import { isOrderEvent, ORDER_STREAMS } from '../aggregates/order-aggregate.js';
import { isPaymentEvent, PAYMENT_STREAMS } from '../aggregates/payment-aggregate.js';
import { type OrderTerms } from '../../../domain/order/events.js';
import { type RecordedEvent } from '../../ports/event-store.js';

/** The request that places an order drives it; if it has not finished by then, the deadline of the order does. */
const PLACED_WITHIN_MS = 5_000;

/** The kind of deadline by which an order is paid, or ends. */
export const ORDER_EXPIRY = 'order-expiry';

const expiryId = (orderId: string): string => `${ORDER_EXPIRY}/${orderId}`;
const resolveId = (paymentId: string): string => `payment-resolve/${paymentId}`;
const refundId = (paymentId: string): string => `payment-refund/${paymentId}`;

const ids = ({ event }: RecordedEvent): ReadonlyArray<string> => {
  if (isOrderEvent(event)) return [expiryId(event.orderId)];
  if (!isPaymentEvent(event)) return [];
  const { paymentId, orderId, type } = event;
  if (type === 'PaymentApprovalStarted' || type === 'PaymentDeclined') return [resolveId(paymentId), expiryId(orderId)];
  return [resolveId(paymentId), refundId(paymentId)];
};

/** Ids of products have no spaces. */
const BETWEEN = ' ';
const goodsOf = (lines: OrderTerms['lines']): string =>
  [...new Set(lines.map(({ productId }) => productId))].join(BETWEEN);

/** The products that an order holds whose expiry this is; none while it is being placed. */
export const productsHeld = ({ ref: { goods } }: Deadline): ReadonlyArray<string> => goods?.split(BETWEEN) ?? [];

type Folded = (known: Deadline | null, event: RecordedEvent['event'], id: string) => Deadline | null;

/** Placing an order must end by some time; an order that is placed waits for its payment, and longer while one is under way. */
const foldExpiry: Folded = (known, event, id) => {
  if (isPaymentEvent(event)) {
    if (known === null) return null;
    if (event.type === 'PaymentApprovalStarted') return { ...known, dueAt: Math.max(known.dueAt, event.holdUntil) };
    const { holdExpiresAt } = known.ref;
    return event.type === 'PaymentDeclined' && holdExpiresAt !== undefined
      ? { ...known, dueAt: Number(holdExpiresAt) }
      : known;
  }
  if (!isOrderEvent(event)) return known;
  const { orderId } = event;
  switch (event.type) {
    case 'OrderPlacingStarted':
      return { id, kind: ORDER_EXPIRY, ref: { orderId }, dueAt: event.at + PLACED_WITHIN_MS };
    case 'OrderCreated': {
      const { holdExpiresAt: dueAt, lines } = event;
      return { id, kind: ORDER_EXPIRY, ref: { orderId, goods: goodsOf(lines), holdExpiresAt: String(dueAt) }, dueAt };
    }
    case 'OrderPaymentPending':
    case 'OrderPaymentRefused':
      return known;
    default:
      return null;
  }
};

const foldResolve: Folded = (known, event, id) => {
  if (!isPaymentEvent(event)) return known;
  const ref = { orderId: event.orderId };
  switch (event.type) {
    case 'PaymentApprovalStarted':
      return { id, kind: 'payment-resolve', ref, dueAt: event.at + ASK_AFTER_MS };
    case 'PaymentAttempted':
      // An earlier call already ended without a known result: ask at once.
      return event.outcome === 'UNKNOWN' && known !== null
        ? { ...known, dueAt: Math.min(known.dueAt, event.at) }
        : known;
    case 'PaymentCompleted':
    case 'PaymentDeclined':
      return null;
    default:
      return known;
  }
};

const foldRefund: Folded = (known, event, id) => {
  if (!isPaymentEvent(event)) return known;
  if (event.type === 'PaymentRefunded') return null;
  if (event.type !== 'PaymentRefundRequested') return known;
  return { id, kind: 'payment-refund', ref: { orderId: event.orderId }, dueAt: event.at };
};

const folds: Readonly<Record<string, Folded>> = {
  [ORDER_EXPIRY]: foldExpiry,
  'payment-resolve': foldResolve,
  'payment-refund': foldRefund,
};

/** Every deadline of orders: placing that was interrupted, unpaid orders, payments with an unknown result, refunds. */
export const orderDeadlines: DeadlineRule = {
  version: 7,
  streamPrefixes: [ORDER_STREAMS, PAYMENT_STREAMS],
  ids,
  creates: ({ event }, id) => event.type === 'OrderPlacingStarted' && id.startsWith(expiryId('')),
  fold: (known, { event }, id) => folds[id.slice(0, id.indexOf('/'))]?.(known, event, id) ?? null,
};
