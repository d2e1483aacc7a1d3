import { either as E, type taskEither as TE } from 'fp-ts';
import { type StockEvent } from '../../../domain/stock/events.js';
import { type EventStore, type RecordedEvent } from '../../ports/event-store.js';
import { type LivePage, type PageWanted } from '../../kernel/projection/live-reader.js';
import { isStockEvent, stockStream } from '../aggregates/stock-aggregate.js';
import { type ProductError } from './product-by-id.js';
import { changeOf } from './views/products.js';

const kinds = {
  ProductCreated: 'RECEIVED',
  ProductTermsChanged: 'TERMS_CHANGED',
  StockReceived: 'RECEIVED',
  StockReserved: 'RESERVED',
  HoldExtended: 'EXTENDED',
  StockReleased: 'RELEASED',
  HoldsExpired: 'RELEASED',
  StockDeducted: 'DEDUCTED',
  StockRestored: 'RESTORED',
} as const satisfies Record<StockEvent['type'], string>;

/** One line of a product's ledger. */
export interface StockAuditEntry {
  /** Its place in the ledger, from 0. */
  readonly entry: number;
  readonly kind: (typeof kinds)[StockEvent['type']];
  /** Null where it is of no order, or of many. */
  readonly orderId: string | null;
  /** By how much it changed what is on the shelf, and what of it is held. */
  readonly onHand: number;
  readonly held: number;
  readonly reason: string | null;
  /** Epoch milliseconds. */
  readonly at: number;
}

const toEntry = ({ event, revision: entry }: RecordedEvent): ReadonlyArray<StockAuditEntry> => {
  if (!isStockEvent(event)) return [];
  const orderId = 'orderId' in event ? event.orderId : null;
  const reason = event.type === 'HoldsExpired' ? 'EXPIRED' : 'reason' in event ? event.reason : null;
  return [{ entry, kind: kinds[event.type], orderId, ...changeOf(event), reason, at: event.at }];
};

/** A product's ledger from its beginning, page by page: an entry for every event. 'INVALID_CURSOR': it is of no page before. */
export type StockAudit = (
  request: PageWanted & { readonly productId: string },
) => TE.TaskEither<ProductError | { readonly code: 'INVALID_CURSOR' }, LivePage<StockAuditEntry>>;

/** A cursor is the last entry seen. */
const ENTRY = /^\d{1,15}$/;

export const stockAudit =
  ({ eventStore }: { readonly eventStore: Pick<EventStore, 'readStream'> }): StockAudit =>
  ({ productId, limit, cursor }) =>
  async () => {
    if (cursor !== undefined && !ENTRY.test(cursor)) return E.left({ code: 'INVALID_CURSOR' });
    const from = cursor === undefined ? 0 : Number(cursor) + 1;
    const read = await eventStore.readStream(stockStream(productId), from, limit + 1)();
    if (E.isLeft(read)) return E.left({ code: 'UNAVAILABLE' });
    if (from === 0 && read.right.length === 0) return E.left({ code: 'PRODUCT_NOT_FOUND' });
    const page = read.right.slice(0, limit);
    const isLast = read.right.length <= limit;
    return E.right({ items: page.flatMap(toEntry), nextCursor: isLast ? null : String(page.at(-1)?.revision) });
  };
