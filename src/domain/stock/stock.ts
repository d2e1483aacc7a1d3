import { Map, Set } from 'immutable';
import { defaultPolicy } from '../sale-policy.js';
import { type Instant } from '../time.js';
import { type ProductCreated, type StockEvent } from './events.js';
import { isClosedAfter, type OnSale } from './sold-out.js';

/** What became of an order's claim to this product; kept, so that a late or repeated command finds it. */
export type Claim =
  | { readonly status: 'Held'; readonly quantity: number; readonly expiresAt: Instant }
  | { readonly status: 'Released' | 'Deducted' | 'Restored'; readonly quantity: number };

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
  readonly claims: Map<string, Claim>;
  readonly deliveryNotes: Set<string>;
}

export type Stock = UnknownStock | KnownStock;

export const unknownStock: UnknownStock = { status: 'Unknown' };

export const available = (stock: KnownStock): number => stock.onHand - stock.held;

const created = (event: ProductCreated): KnownStock => {
  const { productId, price, eventId, stock: onHand, policy = defaultPolicy } = event;
  const shelf = { onHand, held: 0, policy, isClosed: false };
  return { status: 'Known', productId, price, eventId, ...shelf, claims: Map(), deliveryNotes: Set() };
};

const counted = (stock: KnownStock, event: Exclude<StockEvent, ProductCreated>): KnownStock => {
  if (event.type === 'StockReceived')
    return {
      ...stock,
      onHand: stock.onHand + event.quantity,
      deliveryNotes: stock.deliveryNotes.add(event.deliveryNote),
    };
  const { orderId } = event;
  const claim = (next: Claim) => stock.claims.set(orderId, next);
  switch (event.type) {
    case 'StockReserved': {
      const { quantity, expiresAt } = event;
      return { ...stock, held: stock.held + quantity, claims: claim({ status: 'Held', quantity, expiresAt }) };
    }
    case 'HoldExtended': {
      const held = stock.claims.get(orderId);
      return held?.status === 'Held' ? { ...stock, claims: claim({ ...held, expiresAt: event.expiresAt }) } : stock;
    }
    case 'StockReleased':
      return {
        ...stock,
        held: stock.held - event.quantity,
        claims: claim({ status: 'Released', quantity: event.quantity }),
      };
    case 'StockDeducted':
      return {
        ...stock,
        onHand: stock.onHand - event.quantity,
        held: stock.held - event.quantity,
        claims: claim({ status: 'Deducted', quantity: event.quantity }),
      };
    case 'StockRestored':
      return {
        ...stock,
        onHand: stock.onHand + event.quantity,
        claims: claim({ status: 'Restored', quantity: event.quantity }),
      };
  }
};

export const evolve = (stock: Stock, event: StockEvent): Stock => {
  if (event.type === 'ProductCreated') return created(event);
  if (stock.status === 'Unknown') return stock;
  const next = counted(stock, event);
  const isClosed = isClosedAfter(next, event);
  return isClosed === next.isClosed ? next : { ...next, isClosed };
};
