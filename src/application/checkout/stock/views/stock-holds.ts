import { z } from 'zod';
import { type StockEvent } from '../../../../domain/stock/events.js';
import { type View } from '../../../kernel/projection/view.js';
import { isStockEvent, STOCK_STREAMS } from '../../aggregates/stock-aggregate.js';

const hold = z.object({
  orderId: z.string(),
  productId: z.string(),
  status: z.enum(['Held', 'Deducted']),
  quantity: z.number(),
  /** Epoch milliseconds. */
  expiresAt: z.number(),
});

/** What an order has of a product. */
export type StockHold = z.infer<typeof hold>;

export const stockHoldId = (orderId: string, productId: string): string => `${orderId}/${productId}`;

const apply = (known: StockHold | null, event: Extract<StockEvent, { orderId: string }>): StockHold | null => {
  if (event.type === 'StockReserved') {
    const { orderId, productId, quantity, expiresAt } = event;
    return { orderId, productId, status: 'Held', quantity, expiresAt };
  }
  if (known === null) return null;
  switch (event.type) {
    case 'HoldExtended':
      return { ...known, expiresAt: event.expiresAt };
    case 'StockDeducted':
      return { ...known, status: 'Deducted' };
    case 'StockReleased':
    case 'StockRestored':
      return null;
  }
};

/** By order and product, until it is given back; index `held` of all that is held now, soonest to expire first. */
export const stockHoldsView: View<StockHold> = {
  name: 'stock-holds',
  version: 5,
  schema: hold,
  streamPrefixes: [STOCK_STREAMS],
  documentIds: ({ event }) => {
    if (!isStockEvent(event)) return [];
    const { productId } = event;
    if (event.type === 'HoldsExpired') return event.holds.map(({ orderId }) => stockHoldId(orderId, productId));
    return 'orderId' in event ? [stockHoldId(event.orderId, productId)] : [];
  },
  fold: (known, { event }) => {
    if (!isStockEvent(event)) return known;
    if (event.type === 'HoldsExpired') return null;
    return 'orderId' in event ? apply(known, event) : known;
  },
  entries: ({ status, expiresAt }) => (status === 'Held' ? [{ index: 'held', key: '', sort: expiresAt }] : []),
};
