import { either as E } from 'fp-ts';
import { type Instant } from '../time.js';
import { type StockEvent } from './events.js';
import { MOST_STOCK, type Stock } from './stock.js';

export interface ReceiveStock {
  readonly type: 'ReceiveStock';
  readonly productId: string;
  /** Names the delivery: the same note is received once, and with another quantity not at all. */
  readonly deliveryNote: string;
  readonly quantity: number;
  readonly at: Instant;
}

export type ReceiveRejection = 'PRODUCT_NOT_FOUND' | 'REQUEST_ID_REUSED' | 'STOCK_LIMIT_REACHED';

export const receiveStock = (
  { type: _, ...delivery }: ReceiveStock,
  stock: Stock,
): E.Either<ReceiveRejection, ReadonlyArray<StockEvent>> => {
  if (stock.status === 'Unknown') return E.left('PRODUCT_NOT_FOUND');
  const before = stock.deliveryNotes.get(delivery.deliveryNote);
  if (before !== undefined) return before === delivery.quantity ? E.right([]) : E.left('REQUEST_ID_REUSED');
  if (stock.onHand + delivery.quantity > MOST_STOCK) return E.left('STOCK_LIMIT_REACHED');
  return E.right([{ type: 'StockReceived', ...delivery }]);
};
