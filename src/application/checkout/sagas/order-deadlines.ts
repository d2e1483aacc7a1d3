import { type DeadlineRule, type Deadline } from '../../kernel/process/deadlines/deadline.js';
import { isIssuedCouponEvent, ISSUED_COUPON_STREAMS } from '../issued-coupon/issued-coupon-aggregate.js';
import { isOrderEvent, ORDER_STREAMS } from '../order/order-aggregate.js';
import { isPaymentEvent, PAYMENT_STREAMS } from '../payment/payment-aggregate.js';
import { isPointsEvent, POINTS_STREAMS } from '../points/points-aggregate.js';
import { type RecordedEvent } from '../../ports/event-store.js';
import { isStockEvent, STOCK_STREAMS } from '../stock/stock-aggregate.js';

/** The order's own deadline comes first: what it frees need not be freed one by one. */
const AFTER_THE_ORDER_MS = 10_000;
/** A gateway answers by itself within this, or is asked. */
const ASK_AFTER_MS = 5_000;

const holdId = (orderId: string, productId: string): string => `stock-hold/${orderId}/${productId}`;
const expiryId = (orderId: string): string => `order-expiry/${orderId}`;
const abandonedId = (orderId: string): string => `order-abandoned/${orderId}`;
const resolveId = (paymentId: string): string => `payment-resolve/${paymentId}`;
const refundId = (paymentId: string): string => `payment-refund/${paymentId}`;

const ids = ({ event }: RecordedEvent): ReadonlyArray<string> => {
  if (isStockEvent(event)) return 'orderId' in event ? [holdId(event.orderId, event.productId)] : [];
  if (isOrderEvent(event)) {
    const { type, orderId } = event;
    return type === 'OrderCreated' || type === 'OrderPaid'
      ? [expiryId(orderId), abandonedId(orderId)]
      : [expiryId(orderId)];
  }
  if (isPointsEvent(event)) return 'orderId' in event ? [abandonedId(event.orderId)] : [];
  if (isIssuedCouponEvent(event)) return [abandonedId(event.orderId)];
  if (!isPaymentEvent(event)) return [];
  const { paymentId, orderId } = event;
  return event.type === 'PaymentApprovalStarted'
    ? [resolveId(paymentId), expiryId(orderId)]
    : [resolveId(paymentId), refundId(paymentId)];
};

type Folded = (known: Deadline | null, event: RecordedEvent['event'], id: string) => Deadline | null;

/** A hold on goods: freed when its time is over, whatever became of whoever took it. */
const foldHold: Folded = (known, event, id) => {
  if (!isStockEvent(event) || !('orderId' in event)) return known;
  const { orderId, productId } = event;
  switch (event.type) {
    case 'StockReserved':
    case 'HoldExtended':
      return { id, kind: 'stock-hold', ref: { orderId, productId }, dueAt: event.expiresAt + AFTER_THE_ORDER_MS };
    case 'StockReleased':
    case 'StockDeducted':
    case 'StockRestored':
      return null;
  }
};

const foldExpiry: Folded = (known, event, id) => {
  if (isPaymentEvent(event) && event.type === 'PaymentApprovalStarted')
    return known === null ? null : { ...known, dueAt: Math.max(known.dueAt, event.holdUntil) };
  if (!isOrderEvent(event)) return known;
  switch (event.type) {
    case 'OrderCreated':
      return { id, kind: 'order-expiry', ref: { orderId: event.orderId }, dueAt: event.holdExpiresAt };
    case 'OrderPaymentPending':
    case 'OrderPaymentRefused':
      return known;
    default:
      return null;
  }
};

const without = (known: Deadline | null, name: 'couponId' | 'points'): Deadline | null => {
  if (known === null) return null;
  const { [name]: _, ...ref } = known.ref;
  return 'couponId' in ref || 'points' in ref ? { ...known, ref } : null;
};

/** Coupon and points taken for an order that then never came to stand. */
const foldAbandoned: Folded = (known, event, id) => {
  if (isOrderEvent(event)) {
    // Paid late, an order has taken its own once more.
    if (event.type === 'OrderPaid') return known?.ref['brokenOff'] === undefined ? null : known;
    if (event.type !== 'OrderCreated') return known;
    // What was taken for another order of this id, begun before and broken off, stays to be given back.
    const rest = known?.ref['couponId'] === event.couponId ? without(known, 'couponId') : known;
    const left = event.points > 0 ? without(rest, 'points') : rest;
    return left === null ? null : { ...left, ref: { ...left.ref, brokenOff: 'yes' } };
  }
  const taken = (orderId: string, userId: string, dueAt: number, more: Record<string, string>): Deadline => ({
    id,
    kind: 'order-abandoned',
    ref: { ...known?.ref, orderId, userId, ...more },
    dueAt: dueAt + AFTER_THE_ORDER_MS,
  });
  if (isIssuedCouponEvent(event)) {
    if (event.type === 'CouponRestored') return without(known, 'couponId');
    return taken(event.orderId, event.userId, event.expiresAt, { couponId: event.couponId });
  }
  if (!isPointsEvent(event) || event.type === 'PointsCharged') return known;
  if (event.type !== 'PointsReserved' && event.type !== 'PointsReservationShared') return without(known, 'points');
  return taken(event.orderId, event.userId, event.expiresAt, { points: String(event.amount) });
};

const foldResolve: Folded = (known, event, id) => {
  if (!isPaymentEvent(event)) return known;
  const ref = { paymentId: event.paymentId };
  switch (event.type) {
    case 'PaymentApprovalStarted':
      return { id, kind: 'payment-resolve', ref, dueAt: event.at + ASK_AFTER_MS };
    case 'PaymentAttempted':
      // It is known to be unknown: no use in waiting longer.
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
  return { id, kind: 'payment-refund', ref: { paymentId: event.paymentId }, dueAt: event.at };
};

const folds: Readonly<Record<string, Folded>> = {
  'stock-hold': foldHold,
  'order-expiry': foldExpiry,
  'order-abandoned': foldAbandoned,
  'payment-resolve': foldResolve,
  'payment-refund': foldRefund,
};

/** Everything about orders that comes due: holds, unpaid orders, abandoned takings, unknown payments, refunds. */
export const orderDeadlines: DeadlineRule = {
  version: 3,
  streamPrefixes: [STOCK_STREAMS, ORDER_STREAMS, PAYMENT_STREAMS, POINTS_STREAMS, ISSUED_COUPON_STREAMS],
  ids,
  creates: ({ event }, id) => event.type === 'OrderCreated' && id.startsWith('order-expiry/'),
  fold: (known, { event }, id) => folds[id.slice(0, id.indexOf('/'))]?.(known, event, id) ?? null,
};
