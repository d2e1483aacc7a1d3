import { type SalePolicy } from '../sale-policy.js';
import { type Instant } from '../time.js';

export interface ProductCreated {
  readonly type: 'ProductCreated';
  readonly productId: string;
  readonly name: string;
  /** In the currency's smallest unit. */
  readonly price: number;
  readonly stock: number;
  /** Sells only while this event is open, if any. */
  readonly eventId: string | null;
  /** Absent in products created before there was a choice. */
  readonly policy?: SalePolicy;
  readonly at: Instant;
}

interface StockFact {
  readonly productId: string;
  readonly orderId: string;
  readonly quantity: number;
  readonly at: Instant;
}

export interface StockReserved extends StockFact {
  readonly type: 'StockReserved';
  readonly expiresAt: Instant;
  /** The call that took it for an order that does not stand yet. */
  readonly takenBy?: string;
}

/** Somebody relies on the hold until later: a payment under way, or another call that places the same order. */
export interface HoldExtended {
  readonly type: 'HoldExtended';
  readonly productId: string;
  readonly orderId: string;
  readonly expiresAt: Instant;
  /** Several calls rely on it now: none of them alone gives it back. */
  readonly shared?: true;
  readonly at: Instant;
}

export interface StockReleased extends StockFact {
  readonly type: 'StockReleased';
  readonly reason: 'EXPIRED' | 'CANCELLED' | 'ROLLED_BACK';
}

export interface StockDeducted extends StockFact {
  readonly type: 'StockDeducted';
}

export interface StockRestored extends StockFact {
  readonly type: 'StockRestored';
}

export interface StockReceived {
  readonly type: 'StockReceived';
  readonly productId: string;
  readonly deliveryNote: string;
  readonly quantity: number;
  readonly at: Instant;
}

export type StockEvent =
  ProductCreated | StockReceived | StockReserved | HoldExtended | StockReleased | StockDeducted | StockRestored;
