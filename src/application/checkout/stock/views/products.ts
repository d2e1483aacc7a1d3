import { z } from 'zod';
import { type StockEvent } from '../../../../domain/stock/events.js';
import { isClosedAfter } from '../../../../domain/stock/sold-out.js';
import { challengePolicy } from '../../../kernel/challenge/challenge-policy.js';
import { type View } from '../../../kernel/projection/view.js';
import { isStockEvent, STOCK_REJECTION_STREAMS, STOCK_STREAMS } from '../../aggregates/stock-aggregate.js';
import { purchaseLimits, salePolicy } from '../../aggregates/terms.js';

const productDocument = z.object({
  productId: z.string(),
  name: z.string(),
  price: z.number(),
  eventId: z.string().nullable(),
  onHand: z.number(),
  held: z.number(),
  policy: salePolicy,
  limits: purchaseLimits,
  challenge: challengePolicy,
  /** It was sold out, and stays so until a delivery. */
  isClosed: z.boolean(),
  createdAt: z.number(),
  /** Of the product's stream: the last event counted here. */
  revision: z.number(),
});

/** A product and its stock. Price in the currency's smallest unit, times in epoch milliseconds. */
export type ProductDocument = z.infer<typeof productDocument>;

/** By how much an event changes what is on the shelf, and what of it is held. */
export const changeOf = (event: StockEvent): { readonly onHand: number; readonly held: number } => {
  switch (event.type) {
    case 'ProductCreated':
      return { onHand: event.stock, held: 0 };
    case 'StockReceived':
    case 'StockRestored':
      return { onHand: event.quantity, held: 0 };
    case 'StockReserved':
      return { onHand: 0, held: event.quantity };
    case 'StockReleased':
      return { onHand: 0, held: -event.quantity };
    case 'HoldsExpired':
      return { onHand: 0, held: -event.holds.reduce((sum, { quantity }) => sum + quantity, 0) };
    case 'StockDeducted':
      return { onHand: -event.quantity, held: -event.quantity };
    case 'HoldExtended':
    case 'ProductTermsChanged':
      return { onHand: 0, held: 0 };
  }
};

const apply = (product: ProductDocument | null, event: StockEvent, revision: number): ProductDocument | null => {
  if (event.type === 'ProductCreated') {
    const { type: _, at: createdAt, stock: onHand, ...said } = event;
    const shelf = { onHand, held: 0, isClosed: false };
    return { ...said, ...shelf, createdAt, revision };
  }
  if (product === null) return null;
  const change = changeOf(event);
  const next = { ...product, onHand: product.onHand + change.onHand, held: product.held + change.held, revision };
  if (event.type === 'ProductTermsChanged') {
    const { limits = product.limits, challenge = product.challenge } = event;
    return { ...next, limits, challenge };
  }
  const isClosed = isClosedAfter(next, event);
  return isClosed === next.isClosed ? next : { ...next, isClosed };
};

/** By productId; index `all` in order of creation. */
export const productsView: View<ProductDocument> = {
  name: 'products',
  version: 4,
  schema: productDocument,
  // Rejections change no document, but move the checkpoint at once, because the caller waits for it.
  streamPrefixes: [STOCK_STREAMS, STOCK_REJECTION_STREAMS],
  documentIds: ({ event }) => (isStockEvent(event) ? [event.productId] : []),
  creates: ({ event }) => event.type === 'ProductCreated',
  fold: (product, { event, revision }) => (isStockEvent(event) ? apply(product, event, revision) : product),
  entries: ({ createdAt }) => [{ index: 'all', key: 'all', sort: createdAt }],
};
