import { List, Map } from 'immutable';
import { z } from 'zod';
import { type StockEvent } from '../../../domain/stock/events.js';
import { evolve } from '../../../domain/stock/evolve.js';
import { type Buyer } from '../../../domain/stock/purchase-limits.js';
import { type Claim, type Ending, type Stock, unknownStock } from '../../../domain/stock/stock.js';
import { challengePolicy } from '../../kernel/challenge/challenge-policy.js';
import { eventSchemas } from '../../kernel/events/event-schemas.js';
import { inSlices } from '../../kernel/in-slices.js';
import { aggregateOf, type SnapshotCodec } from '../../kernel/writer/aggregate.js';
import { productCreated1 } from './old-events/product-created-1.js';
import { purchaseLimits, salePolicy } from './terms.js';

export const STOCK_STREAMS = 'stock-';
export const stockStream = (productId: string): string => `${STOCK_STREAMS}${productId}`;
export const STOCK_REJECTION_STREAMS = 'stockRejections-';

/** In every event of stock an order takes or gives back. */
const fact = { productId: z.string(), orderId: z.string(), quantity: z.number(), at: z.number() };

export const isStockEvent = eventSchemas<StockEvent>()({
  ProductCreated: [
    productCreated1,
    z.object({
      productId: z.string(),
      name: z.string(),
      price: z.number(),
      stock: z.number(),
      eventId: z.string().nullable(),
      policy: salePolicy,
      limits: purchaseLimits,
      challenge: challengePolicy,
      at: z.number(),
    }),
  ],
  ProductTermsChanged: z.object({
    productId: z.string(),
    limits: purchaseLimits.exactOptional(),
    challenge: challengePolicy.exactOptional(),
    actor: z.string(),
    reason: z.string(),
    at: z.number(),
  }),
  StockReceived: z.object({ productId: z.string(), deliveryNote: z.string(), quantity: z.number(), at: z.number() }),
  StockReserved: z.object({
    expiresAt: z.number(),
    userId: z.string().exactOptional(),
    takenBy: z.string().exactOptional(),
    ...fact,
  }),
  HoldExtended: z.object({
    productId: z.string(),
    orderId: z.string(),
    expiresAt: z.number(),
    shared: z.literal(true).exactOptional(),
    at: z.number(),
  }),
  StockReleased: z.object({ reason: z.enum(['EXPIRED', 'CANCELLED', 'ROLLED_BACK']), ...fact }),
  HoldsExpired: z.object({
    productId: z.string(),
    holds: z.array(z.object({ orderId: z.string(), quantity: z.number() })),
    at: z.number(),
  }),
  StockDeducted: z.object(fact),
  StockRestored: z.object(fact),
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
  limits: purchaseLimits,
  deliveryNotes: z.array(z.tuple([z.string(), z.number()])),
});
const userId = z.string().nullable();
const claim: z.ZodType<Claim> = z.discriminatedUnion('status', [
  z.object({
    status: z.literal('Held'),
    quantity: z.number(),
    expiresAt: z.number(),
    takenBy: z.string().nullable(),
    takenAt: z.number(),
    endsWithOrder: z.literal(true).exactOptional(),
    userId,
  }),
  z.object({ status: z.literal('Deducted'), quantity: z.number(), takenBy: z.string().nullable(), userId }),
  z.object({
    status: z.enum(['Released', 'Restored']),
    quantity: z.number(),
    userId,
    takenBy: z.string().nullable(),
    endedAt: z.number(),
    calledOff: z.literal(true).exactOptional(),
  }),
]);
const buyer: z.ZodType<Buyer> = z.object({
  bought: z.number(),
  held: z.number(),
  openHolds: z.number(),
  lastExpiredAt: z.number().nullable(),
});
const piece = z.union([
  z.object({ claims: z.array(z.tuple([z.string(), claim])) }),
  z.object({ buyers: z.array(z.tuple([z.string(), buyer])) }),
  z.object({ ended: z.array(z.object({ orderId: z.string(), endedAt: z.number() })) }),
]);
const PIECE = 2_048;

/** First the shelf, then claims and buyers by the thousand, then in which order claims are forgotten. */
const snapshots: SnapshotCodec<Stock> = {
  version: 8,
  size: (stock) => (stock.status === 'Unknown' ? 0 : stock.claims.size),
  encode: function* (stock) {
    if (stock.status === 'Unknown') return;
    const { claims, buyers, ended, deliveryNotes, ...rest } = stock;
    yield { ...rest, deliveryNotes: [...deliveryNotes] };
    for (const some of inSlices(claims, PIECE)) yield { claims: some };
    for (const some of inSlices(buyers, PIECE)) yield { buyers: some };
    for (const some of inSlices(ended, PIECE)) yield { ended: some };
  },
  decode: async (pieces) => {
    let first: z.infer<typeof shelf> | null = null;
    const claims = Map<string, Claim>().asMutable();
    const buyers = Map<string, Buyer>().asMutable();
    const ended = List<Ending>().asMutable();
    for await (const each of pieces) {
      if (first === null) {
        first = shelf.parse(each);
        continue;
      }
      const some = piece.parse(each);
      if ('claims' in some) for (const [orderId, of] of some.claims) claims.set(orderId, of);
      else if ('buyers' in some) for (const [userId, of] of some.buyers) buyers.set(userId, of);
      else ended.push(...some.ended);
    }
    if (first === null) return unknownStock;
    return {
      ...first,
      deliveryNotes: Map(first.deliveryNotes),
      claims: claims.asImmutable(),
      buyers: buyers.asImmutable(),
      ended: ended.asImmutable(),
    };
  },
};

export const stockAggregate = aggregateOf({ initial: unknownStock, evolve }, isStockEvent, snapshots);
