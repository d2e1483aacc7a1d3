import { either as E } from 'fp-ts';
import { type CommandFrom, type Decided } from '../decider.js';
import { type StockEvent, type StockReceived } from './events.js';
import { MOST_STOCK, type Stock } from './stock.js';

export type ReceiveStock = CommandFrom<StockReceived, 'ReceiveStock'>;

export type ReceiveRejection = 'PRODUCT_NOT_FOUND' | 'REQUEST_ID_REUSED' | 'STOCK_LIMIT_REACHED';

/** Its note names the delivery: the same note is received once, and with another quantity not at all. */
export const receiveStock = (
  { type: _, ...delivery }: ReceiveStock,
  stock: Stock,
): Decided<StockEvent, ReceiveRejection> => {
  if (stock.status === 'Unknown') return E.left('PRODUCT_NOT_FOUND');
  const before = stock.deliveryNotes.get(delivery.deliveryNote);
  if (before !== undefined) return before === delivery.quantity ? E.right([]) : E.left('REQUEST_ID_REUSED');
  if (stock.onHand + delivery.quantity > MOST_STOCK) return E.left('STOCK_LIMIT_REACHED');
  return E.right([{ type: 'StockReceived', ...delivery }]);
};
