import { List, Map } from 'immutable';
import { z } from 'zod';
import { type StockEvent } from '../../../domain/stock/events.js';
import { type Claim, type Ending, evolve, type Stock, unknownStock } from '../../../domain/stock/stock.js';
import { type Aggregate, type SnapshotCodec } from '../../kernel/writer/aggregate.js';
import { shapedEvents } from '../../kernel/writer/shaped-events.js';
import { salePolicy } from './sale-policy.js';

export const STOCK_STREAMS = 'stock-';
export const stockStream = (productId: string): string => `${STOCK_STREAMS}${productId}`;
export const STOCK_REJECTION_STREAMS = 'stockRejections-';

export const isStockEvent = shapedEvents<StockEvent>({
  ProductCreated: {
    productId: 'string',
    name: 'string',
    price: 'number',
    stock: 'number',
    eventId: 'string|null',
    'policy?': { latePayment: 'string', soldOut: 'string', cancel: 'string' },
    at: 'number',
  },
  StockReceived: { productId: 'string', deliveryNote: 'string', quantity: 'number', at: 'number' },
  StockReserved: {
    expiresAt: 'number',
    'takenBy?': 'string',
    productId: 'string',
    orderId: 'string',
    quantity: 'number',
    at: 'number',
  },
  HoldExtended: { productId: 'string', orderId: 'string', expiresAt: 'number', 'shared?': 'boolean', at: 'number' },
  StockReleased: { reason: 'string', productId: 'string', orderId: 'string', quantity: 'number', at: 'number' },
  StockDeducted: { productId: 'string', orderId: 'string', quantity: 'number', at: 'number' },
  StockRestored: { productId: 'string', orderId: 'string', quantity: 'number', at: 'number' },
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
  deliveryNotes: z.array(z.tuple([z.string(), z.number()])),
});
const claim: z.ZodType<Claim> = z.discriminatedUnion('status', [
  z.object({
    status: z.literal('Held'),
    quantity: z.number(),
    expiresAt: z.number(),
    takenBy: z.string().nullable(),
    takenAt: z.number(),
  }),
  z.object({ status: z.literal('Deducted'), quantity: z.number() }),
  z.object({ status: z.enum(['Released', 'Restored']), quantity: z.number(), endedAt: z.number() }),
]);
const piece = z.union([
  z.object({ claims: z.array(z.tuple([z.string(), claim])) }),
  z.object({ ended: z.array(z.object({ orderId: z.string(), endedAt: z.number() })) }),
]);
const PIECE = 2_048;

function* piecesOf<A>(entries: Iterable<A>): Generator<A[]> {
  let gathered: A[] = [];
  for (const entry of entries) {
    if (gathered.push(entry) < PIECE) continue;
    yield gathered;
    gathered = [];
  }
  if (gathered.length > 0) yield gathered;
}

/** First the shelf, then the claims by the thousand, then in which order they are forgotten. */
const snapshots: SnapshotCodec<Stock> = {
  version: 4,
  size: (stock) => (stock.status === 'Unknown' ? 0 : stock.claims.size),
  encode: function* (stock) {
    if (stock.status === 'Unknown') return;
    const { claims, ended, deliveryNotes, ...rest } = stock;
    yield { ...rest, deliveryNotes: [...deliveryNotes] };
    for (const some of piecesOf(claims)) yield { claims: some };
    for (const some of piecesOf(ended)) yield { ended: some };
  },
  decode: async (pieces) => {
    let first: z.infer<typeof shelf> | null = null;
    const claims = Map<string, Claim>().asMutable();
    const ended = List<Ending>().asMutable();
    for await (const each of pieces) {
      if (first === null) {
        first = shelf.parse(each);
        continue;
      }
      const some = piece.parse(each);
      if ('claims' in some) for (const [orderId, of] of some.claims) claims.set(orderId, of);
      else ended.push(...some.ended);
    }
    if (first === null) return unknownStock;
    return {
      ...first,
      deliveryNotes: Map(first.deliveryNotes),
      claims: claims.asImmutable(),
      ended: ended.asImmutable(),
    };
  },
};

export const stockAggregate: Aggregate<Stock, StockEvent> = {
  initial: unknownStock,
  evolve,
  isEvent: isStockEvent,
  snapshots,
};
