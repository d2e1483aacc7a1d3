import { Map, Set } from 'immutable';
import { z } from 'zod';
import { type StockEvent } from '../../domain/stock/events.js';
import { type Claim, evolve, type Stock, unknownStock } from '../../domain/stock/stock.js';
import { type Aggregate, type SnapshotCodec } from '../handling/aggregate.js';
import { eventsOf } from '../handling/events-of.js';
import { salePolicy } from './sale-policy.js';

export const STOCK_STREAMS = 'stock-';
export const stockStream = (productId: string): string => `${STOCK_STREAMS}${productId}`;
export const STOCK_REJECTION_STREAMS = 'stockRejections-';

export const isStockEvent = eventsOf<StockEvent>({
  ProductCreated: true,
  StockReceived: true,
  StockReserved: true,
  HoldExtended: true,
  StockReleased: true,
  StockDeducted: true,
  StockRestored: true,
});

const shelf = z.object({
  status: z.literal('Known'),
  productId: z.string(),
  price: z.number(),
  eventId: z.string().nullable(),
  onHand: z.number(),
  held: z.number(),
  policy: salePolicy,
  isClosed: z.boolean(),
  deliveryNotes: z.array(z.string()),
});
const claim: z.ZodType<Claim> = z.union([
  z.object({ status: z.literal('Held'), quantity: z.number(), expiresAt: z.number() }),
  z.object({ status: z.enum(['Released', 'Deducted', 'Restored']), quantity: z.number() }),
]);
const claims = z.array(z.tuple([z.string(), claim]));
const PIECE = 2_048;

function* claimsOf(stock: Extract<Stock, { status: 'Known' }>): Generator<Array<[string, Claim]>> {
  let piece: Array<[string, Claim]> = [];
  for (const entry of stock.claims) {
    if (piece.push(entry) < PIECE) continue;
    yield piece;
    piece = [];
  }
  if (piece.length > 0) yield piece;
}

/** First the shelf, then the claims by the thousand. */
const snapshots: SnapshotCodec<Stock> = {
  version: 2,
  size: (stock) => (stock.status === 'Unknown' ? 0 : stock.claims.size),
  encode: function* (stock) {
    if (stock.status === 'Unknown') return;
    const { claims: _, deliveryNotes, ...rest } = stock;
    yield { ...rest, deliveryNotes: deliveryNotes.toArray() };
    yield* claimsOf(stock);
  },
  decode: async (pieces) => {
    let first: z.infer<typeof shelf> | null = null;
    const found = Map<string, Claim>().asMutable();
    for await (const piece of pieces)
      if (first === null) first = shelf.parse(piece);
      else for (const [orderId, each] of claims.parse(piece)) found.set(orderId, each);
    if (first === null) return unknownStock;
    return { ...first, deliveryNotes: Set(first.deliveryNotes), claims: found.asImmutable() };
  },
};

export const stockAggregate: Aggregate<Stock, StockEvent> = {
  initial: unknownStock,
  evolve,
  isEvent: isStockEvent,
  snapshots,
};
