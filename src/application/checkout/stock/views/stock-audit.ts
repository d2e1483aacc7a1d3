import { z } from 'zod';
import { type StockEvent } from '../../../../domain/stock/events.js';
import { type View } from '../../../kernel/projection/view.js';
import { isStockEvent, STOCK_STREAMS } from '../../aggregates/stock-aggregate.js';
import { changeOf } from './products.js';

const kinds = {
  ProductCreated: 'RECEIVED',
  ProductTermsChanged: 'TERMS_CHANGED',
  StockReceived: 'RECEIVED',
  StockReserved: 'RESERVED',
  HoldExtended: 'EXTENDED',
  StockReleased: 'RELEASED',
  StockDeducted: 'DEDUCTED',
  StockRestored: 'RESTORED',
} as const satisfies Record<StockEvent['type'], string>;

const entry = z.object({
  productId: z.string(),
  /** Its place in the ledger, from 0. */
  entry: z.number(),
  kind: z.enum(['RECEIVED', 'TERMS_CHANGED', 'RESERVED', 'EXTENDED', 'RELEASED', 'DEDUCTED', 'RESTORED']),
  /** Null where it is of no order. */
  orderId: z.string().nullable(),
  /** By how much it changed what is on the shelf, and what of it is held. */
  onHand: z.number(),
  held: z.number(),
  reason: z.string().nullable(),
  /** Epoch milliseconds. */
  at: z.number(),
});

/** One line of a product's ledger. */
export type StockAuditEntry = z.infer<typeof entry>;

const orderOf = (event: StockEvent): string | null => ('orderId' in event ? event.orderId : null);
const reasonOf = (event: StockEvent): string | null => ('reason' in event ? event.reason : null);

/** The ledger: an entry for every event of a product, index `by-product` in their order. */
export const stockAuditView: View<StockAuditEntry> = {
  name: 'stock-audit',
  version: 1,
  schema: entry,
  streamPrefixes: [STOCK_STREAMS],
  documentIds: ({ event, revision }) => (isStockEvent(event) ? [`${event.productId}/${revision}`] : []),
  creates: () => true,
  fold: (_, { event, revision }) => {
    if (!isStockEvent(event)) return null;
    const { productId, at } = event;
    const change = changeOf(event);
    return {
      productId,
      entry: revision,
      kind: kinds[event.type],
      orderId: orderOf(event),
      ...change,
      reason: reasonOf(event),
      at,
    };
  },
  entries: ({ productId, entry: sort }) => [{ index: 'by-product', key: productId, sort }],
};
