import { type Shipping } from '../delivery/events.js';
import { type OrderPolicy } from '../sale-policy.js';
import { type Instant } from '../time.js';

export interface OrderLine {
  readonly productId: string;
  readonly quantity: number;
  /** When the order was placed, in the currency's smallest unit. */
  readonly unitPrice: number;
}

interface OrderFact {
  readonly orderId: string;
  readonly userId: string;
  readonly at: Instant;
}

/** What is bought, for whom, at what price. */
export interface OrderTerms extends OrderFact {
  readonly lines: ReadonlyArray<OrderLine>;
  readonly shipping: Shipping;
  readonly couponId: string | null;
  readonly discount: number;
  readonly points: number;
  /** What is left to pay: the lines − discount − points. */
  readonly total: number;
  readonly holdExpiresAt: Instant;
  /** Absent in orders placed before there was a choice. */
  readonly policy?: OrderPolicy;
  /** The shop's events its goods are tied to. Absent in orders placed before they were written down. */
  readonly eventIds?: ReadonlyArray<string>;
}

/**
 * From here on goods, coupon and points may be taken for it. It is no order yet: nobody is shown it before it is created.
 * Absent in orders placed before an order stood first.
 */
export interface OrderPlacingStarted extends OrderTerms {
  readonly type: 'OrderPlacingStarted';
  /** 1 for the first; one that was refused may be tried again under its id. */
  readonly attempt: number;
}

/** What could not be had, or TIME: everything was there too late. */
export interface Refusal {
  readonly of: 'GOODS' | 'COUPON' | 'POINTS' | 'TIME';
  /** Of goods; null otherwise. */
  readonly productId: string | null;
  readonly code: string;
}

/** It did not become an order: what was taken for this attempt goes back. */
export interface OrderNotPlaced extends OrderFact {
  readonly type: 'OrderNotPlaced';
  readonly attempt: number;
  readonly refusals: ReadonlyArray<Refusal>;
}

/** Everything is taken: it is an order, and waits for its payment. */
export type OrderCreated = OrderTerms & { readonly type: 'OrderCreated' };

export interface OrderPaymentPending extends OrderFact {
  readonly type: 'OrderPaymentPending';
  readonly paymentId: string;
}

export interface OrderPaid extends OrderFact {
  readonly type: 'OrderPaid';
  /** Null: nothing was left to pay, so there is no payment. */
  readonly paymentId: string | null;
  /** What was paid. Absent in orders paid before it was written down. */
  readonly amount?: number;
}

/** The goods are gone, or the order is: this payment will never pay it, and is given back. */
export interface OrderPaymentRefused extends OrderFact {
  readonly type: 'OrderPaymentRefused';
  readonly paymentId: string;
  readonly reason: string;
}

/** Everything a paid order needs is done: stock, points, delivery. */
export type OrderConfirmed = OrderFact & { readonly type: 'OrderConfirmed' };

export type OrderShipped = OrderFact & { readonly type: 'OrderShipped' };

export type OrderDelivered = OrderFact & { readonly type: 'OrderDelivered' };

export interface OrderCancelled extends OrderFact {
  readonly type: 'OrderCancelled';
  readonly reason: string;
}

export interface OrderFailed extends OrderFact {
  readonly type: 'OrderFailed';
  readonly reason: string;
}

export type OrderExpired = OrderFact & { readonly type: 'OrderExpired' };

export type OrderEvent =
  | OrderPlacingStarted
  | OrderNotPlaced
  | OrderCreated
  | OrderPaymentPending
  | OrderPaid
  | OrderPaymentRefused
  | OrderConfirmed
  | OrderShipped
  | OrderDelivered
  | OrderCancelled
  | OrderFailed
  | OrderExpired;

/** It happened before it was an order: nobody outside is told. */
export const isOfPlacing = (event: OrderEvent): event is OrderPlacingStarted | OrderNotPlaced =>
  event.type === 'OrderPlacingStarted' || event.type === 'OrderNotPlaced';
