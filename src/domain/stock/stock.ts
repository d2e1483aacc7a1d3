import { type List, type Map } from 'immutable';
import { type Instant } from '../time.js';
import { type Buyer, newBuyer, type PurchaseLimits } from './purchase-limits.js';
import { type OnSale } from './sold-out.js';

/** An order's claim to this product that came to nothing; kept a while, so that a late or repeated command finds it. */
export interface EndedClaim {
  readonly status: 'Released' | 'Restored';
  readonly quantity: number;
  /** Whose order it is; null where that was not told. */
  readonly userId: string | null;
  /** For what it was held, as while it was. */
  readonly takenBy: string | null;
  readonly endedAt: Instant;
  /** Its order ended before its time was over: only a late payment may take it again. */
  readonly calledOff?: true;
}

/** When an order's claim ended. */
export interface Ending {
  readonly orderId: string;
  readonly endedAt: Instant;
}

/** What became of an order's claim to this product. */
export type Claim =
  | {
      readonly status: 'Held';
      readonly quantity: number;
      readonly expiresAt: Instant;
      /** For which attempt to place the order, or for which late payment; null where that is several attempts, or not known. */
      readonly takenBy: string | null;
      readonly takenAt: Instant;
      /** Somebody has begun to pay for it: its order ends it. Otherwise it may end by itself when its time is over. */
      readonly endsWithOrder?: true;
      readonly userId: string | null;
    }
  | {
      readonly status: 'Deducted';
      readonly quantity: number;
      readonly takenBy: string | null;
      readonly userId: string | null;
    }
  | EndedClaim;

export interface UnknownStock {
  readonly status: 'Unknown';
}

export interface KnownStock extends OnSale {
  readonly status: 'Known';
  readonly productId: string;
  readonly price: number;
  readonly eventId: string | null;
  /** Received − deducted + restored. */
  readonly onHand: number;
  /** The sum of all holds; never above onHand. */
  readonly held: number;
  /** What is held or bought, and what ended lately. */
  readonly claims: Map<string, Claim>;
  /** Ended claims, in the order in which they are forgotten. */
  readonly ended: List<Ending>;
  /** By note, how much it was. */
  readonly deliveryNotes: Map<string, number>;
  readonly limits: PurchaseLimits;
  /** By user, what claims they have; those who have none and whose holds ran out long ago are forgotten. */
  readonly buyers: Map<string, Buyer>;
}

export type Stock = UnknownStock | KnownStock;

/** The most of one product that can be delivered to a shelf: its counts stay exact. */
export const MOST_STOCK = 1_000_000_000;

export const unknownStock: UnknownStock = { status: 'Unknown' };

export const available = (stock: KnownStock): number => stock.onHand - stock.held;

export const buyerOf = (stock: KnownStock, userId: string | undefined): Buyer =>
  (userId === undefined ? undefined : stock.buyers.get(userId)) ?? newBuyer;
