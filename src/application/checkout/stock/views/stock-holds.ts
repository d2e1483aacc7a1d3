import { z } from 'zod';
import { type StockEvent } from '../../../../domain/stock/events.js';
import { type View } from '../../../kernel/projection/view.js';
import { isStockEvent, STOCK_STREAMS } from '../stock-aggregate.js';

const hold = z.object({
  orderId: z.string(),
  productId: z.string(),
  status: z.enum(['Held', 'Released', 'Deducted', 'Restored']),
  quantity: z.number(),
  /** Epoch milliseconds. */
  expiresAt: z.number(),
  /** The ids of the last events of this claim: whose request led to one of them was carried out. */
  events: z.array(z.string()),
});

/** What became of an order's claim to a product. */
export type StockHold = z.infer<typeof hold>;

export const stockHoldId = (orderId: string, productId: string): string => `${orderId}/${productId}`;

/** More than can happen to a claim while somebody waits to see one of them. */
const MOST_EVENTS = 8;

const apply = (
  before: StockHold | null,
  event: Extract<StockEvent, { orderId: string }>,
  id: string,
): StockHold | null => {
  const events = [...(before?.events ?? []), id].slice(-MOST_EVENTS);
  if (event.type === 'StockReserved') {
    const { orderId, productId, quantity, expiresAt } = event;
    return { orderId, productId, status: 'Held', quantity, expiresAt, events };
  }
  if (before === null) return null;
  const known = { ...before, events };
  switch (event.type) {
    case 'HoldExtended':
      return { ...known, expiresAt: event.expiresAt };
    case 'StockReleased':
      return { ...known, status: 'Released' };
    case 'StockDeducted':
      return { ...known, status: 'Deducted' };
    case 'StockRestored':
      return { ...known, status: 'Restored' };
  }
};

/** By order and product; index `by-order`, and `held` by product of what is held now, soonest to expire first. */
export const stockHoldsView: View<StockHold> = {
  name: 'stock-holds',
  version: 2,
  schema: hold,
  streamPrefixes: [STOCK_STREAMS],
  documentIds: ({ event }) =>
    isStockEvent(event) && 'orderId' in event ? [stockHoldId(event.orderId, event.productId)] : [],
  fold: (known, { event, id }) => (isStockEvent(event) && 'orderId' in event ? apply(known, event, id) : known),
  entries: ({ orderId, productId, status, expiresAt }) => [
    { index: 'by-order', key: orderId, sort: 0 },
    ...(status === 'Held' ? [{ index: 'held', key: productId, sort: expiresAt }] : []),
  ],
};
