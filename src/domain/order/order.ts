import { OrderedSet, Set } from 'immutable';
import { defaultPolicy, type OrderPolicy } from '../sale-policy.js';
import { type OrderCreated, type OrderEvent, type OrderPlacingStarted, type Refusal } from './events.js';

export const statusAfter = {
  OrderCreated: 'CREATED',
  OrderPaymentPending: 'PENDING_PAYMENT',
  OrderPaid: 'PAID',
  OrderConfirmed: 'CONFIRMED',
  OrderShipped: 'SHIPPED',
  OrderDelivered: 'DELIVERED',
  OrderCancelled: 'CANCELLED',
  OrderFailed: 'FAILED',
  OrderExpired: 'EXPIRED',
} as const satisfies Record<
  Exclude<OrderEvent['type'], 'OrderPlacingStarted' | 'OrderNotPlaced' | 'OrderPaymentRefused'>,
  string
>;

export type OrderStatus = (typeof statusAfter)[keyof typeof statusAfter];

export const orderStatuses: ReadonlyArray<OrderStatus> = Object.values(statusAfter);

export interface UnknownOrder {
  readonly status: 'Unknown';
}

/** Recorded before anything is taken for it, and not shown to anybody yet. */
export interface PlacingOrder {
  readonly status: 'PLACING';
  readonly wanted: OrderPlacingStarted;
}

/** Its last attempt was refused; it may be placed again. */
export interface RefusedOrder {
  readonly status: 'NOT_PLACED';
  readonly wanted: OrderPlacingStarted;
  readonly refusals: ReadonlyArray<Refusal>;
}

export interface PlacedOrder {
  readonly status: OrderStatus;
  readonly placed: OrderCreated;
  /** Null: none yet, or none needed. */
  readonly paymentId: string | null;
  /** Every payment it was to be paid by, the last one last. */
  readonly payments: OrderedSet<string>;
  /** Payments that came too late: none of them pays it any more. */
  readonly refused: Set<string>;
  /** How many payments that came after it had run out have paid it, or were refused. */
  readonly latePayments: number;
}

export type Order = UnknownOrder | PlacingOrder | RefusedOrder | PlacedOrder;

export const unknownOrder: UnknownOrder = { status: 'Unknown' };

/** An order that is not placed yet exists only for the call that places it. */
export const isPlaced = (order: Order): order is PlacedOrder => 'placed' in order;

/** What it was bought under. */
export const policyOf = ({ placed }: PlacedOrder): OrderPolicy => placed.policy ?? defaultPolicy;

export const evolve = (order: Order, event: OrderEvent): Order => {
  if (event.type === 'OrderPlacingStarted') return { status: 'PLACING', wanted: event };
  if (event.type === 'OrderNotPlaced') {
    const { refusals } = event;
    return order.status === 'PLACING' ? { status: 'NOT_PLACED', wanted: order.wanted, refusals } : order;
  }
  if (event.type === 'OrderCreated')
    return {
      status: 'CREATED',
      placed: event,
      paymentId: null,
      payments: OrderedSet(),
      refused: Set(),
      latePayments: 0,
    };
  if (!isPlaced(order)) return order;
  const latePayments = order.latePayments + (order.status === 'EXPIRED' ? 1 : 0);
  if (event.type === 'OrderPaymentRefused')
    return { ...order, refused: order.refused.add(event.paymentId), latePayments };
  const status = statusAfter[event.type];
  if (!('paymentId' in event)) return { ...order, status };
  const { paymentId } = event;
  const payments = paymentId === null ? order.payments : order.payments.add(paymentId);
  return { ...order, status, paymentId, payments, ...(event.type === 'OrderPaid' && { latePayments }) };
};
