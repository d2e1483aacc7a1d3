import { either as E, taskEither as TE } from 'fp-ts';
import { type StockEvent } from '../../../domain/stock/events.js';
import { isRequestRejected } from '../../kernel/writer/rejected-requests.js';
import { type EventFeed, type FeedBatch, type Subscription } from '../../ports/event-feed.js';
import { type RecordedEvent } from '../../ports/event-store.js';
import { type StockChange, type StockGate } from '../../ports/stock-gate.js';
import { isStockEvent, STOCK_REJECTION_STREAMS, STOCK_STREAMS } from './stock-aggregate.js';
import { orderOfRequest } from './stock-messages.js';
import { changeOf } from './views/products.js';

const holdAfter = (event: StockEvent): { readonly orderId: string; readonly quantity: number } | null => {
  switch (event.type) {
    case 'StockReserved':
      return { orderId: event.orderId, quantity: event.quantity };
    case 'StockReleased':
    case 'StockDeducted':
      return { orderId: event.orderId, quantity: 0 };
    case 'ProductCreated':
    case 'ProductTermsChanged':
    case 'StockReceived':
    case 'StockRestored':
    case 'HoldExtended':
      return null;
  }
};

export const toChange = ({ event, revision }: RecordedEvent): StockChange | null => {
  if (isStockEvent(event)) {
    const { productId } = event;
    return { change: 'Stock', productId, revision, onHand: changeOf(event).onHand, hold: holdAfter(event) };
  }
  if (!isRequestRejected(event)) return null;
  return { change: 'Rejected', productId: event.key, orderId: orderOfRequest(event.requestId) };
};

/** Keeps a stock gate current from now on; what it does not know yet it loads from events by itself, when asked. */
export const followStockGate = ({
  gate,
  feed,
}: {
  readonly gate: StockGate;
  readonly feed: EventFeed;
}): TE.TaskEither<'EventStoreUnavailable', Subscription> => {
  const follow = async ({ events }: FeedBatch): Promise<void> => {
    const changes = events.map(toChange).filter((change) => change !== null);
    if (changes.length === 0) return;
    const applied = await gate.apply(changes)();
    if (E.isLeft(applied)) throw new Error('The stock gate cannot follow the events');
  };
  const streamPrefixes = [STOCK_STREAMS, STOCK_REJECTION_STREAMS];
  return TE.map((head: number) => feed.subscribe(head, follow, { streamPrefixes }))(feed.head());
};
