import { type ChallengePolicy } from '../challenge-policy.js';
import { type SalePolicy } from '../sale-policy.js';
import { type Instant } from '../time.js';
import { type PurchaseLimits } from './purchase-limits.js';

export interface ProductCreated {
  readonly type: 'ProductCreated';
  readonly productId: string;
  readonly name: string;
  /** In the currency's smallest unit. */
  readonly price: number;
  readonly stock: number;
  /** Sells only while this event is open, if any. */
  readonly eventId: string | null;
  readonly policy: SalePolicy;
  readonly limits: PurchaseLimits;
  readonly challenge: ChallengePolicy;
  readonly at: Instant;
}

/** Absent is as it was. */
export interface ProductTermsChanged {
  readonly type: 'ProductTermsChanged';
  readonly productId: string;
  /** All of them, as they are from now on. */
  readonly limits?: PurchaseLimits;
  readonly challenge?: ChallengePolicy;
  readonly actor: string;
  readonly reason: string;
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
  /** Whose order it is. Absent in holds of before there were limits: those count for nobody. */
  readonly userId?: string;
  /** For which attempt to place the order it was taken, or for which late payment. */
  readonly takenBy?: string;
}

/** Somebody relies on the hold: a payment has begun, and from then on only its order ends it; or another call places the same order. */
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

/** Many holds that ran out together, and that nobody had begun to pay for: each is released, before its order says that it is over. */
export interface HoldsExpired {
  readonly type: 'HoldsExpired';
  readonly productId: string;
  readonly holds: ReadonlyArray<Pick<StockFact, 'orderId' | 'quantity'>>;
  readonly at: Instant;
}

export type StockDeducted = StockFact & { readonly type: 'StockDeducted' };

export type StockRestored = StockFact & { readonly type: 'StockRestored' };

export interface StockReceived {
  readonly type: 'StockReceived';
  readonly productId: string;
  readonly deliveryNote: string;
  readonly quantity: number;
  readonly at: Instant;
}

export type StockEvent =
  | ProductCreated
  | ProductTermsChanged
  | StockReceived
  | StockReserved
  | HoldExtended
  | StockReleased
  | HoldsExpired
  | StockDeducted
  | StockRestored;
