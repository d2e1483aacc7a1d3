import { type StockEvent } from '../../../domain/stock/events.js';
import { isRequestRejected } from '../../kernel/writer/rejected-requests.js';
import { orThrow } from '../../kernel/or-throw.js';
import { type Process } from '../../kernel/process/process.js';
import { type RecordedEvent } from '../../ports/event-store.js';
import { type HeldByOrder, type StockChange, type StockGate } from '../../ports/stock-gate.js';
import { isStockEvent, STOCK_REJECTION_STREAMS, STOCK_STREAMS } from '../aggregates/stock-aggregate.js';
import { orderOfRequest } from './stock-messages.js';
import { changeOf } from './views/products.js';

const holdsAfter = (event: StockEvent): ReadonlyArray<HeldByOrder> => {
  switch (event.type) {
    case 'StockReserved':
      return [{ orderId: event.orderId, quantity: event.quantity }];
    case 'StockReleased':
    case 'StockDeducted':
      return [{ orderId: event.orderId, quantity: 0 }];
    case 'HoldsExpired':
      return event.holds.map(({ orderId }) => ({ orderId, quantity: 0 }));
    case 'ProductCreated':
    case 'ProductTermsChanged':
    case 'StockReceived':
    case 'StockRestored':
    case 'HoldExtended':
      return [];
  }
};

const toChange = ({ event, revision }: RecordedEvent): StockChange | null => {
  if (isStockEvent(event)) {
    const { productId } = event;
    return { change: 'Stock', productId, revision, onHand: changeOf(event).onHand, holds: holdsAfter(event) };
  }
  if (!isRequestRejected(event)) return null;
  return { change: 'Rejected', productId: event.key, orderId: orderOfRequest(event.requestId) };
};

/** Keeps a stock gate current from now on; what it does not know yet it loads from events by itself, when asked. */
export const keepStockGate = (gate: StockGate): Process<StockChange> => ({
  name: 'stock-gate',
  streamPrefixes: [STOCK_STREAMS, STOCK_REJECTION_STREAMS],
  checkpoint: null,
  look: toChange,
  act: async (items) => {
    if (items.length > 0) orThrow(await gate.apply(items.map(({ work }) => work))());
  },
});
