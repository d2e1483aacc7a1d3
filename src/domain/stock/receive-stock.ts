import { either as E } from 'fp-ts';
import { type Instant } from '../time.js';
import { type StockEvent } from './events.js';
import { type Stock } from './stock.js';

export interface ReceiveStock {
  readonly type: 'ReceiveStock';
  readonly productId: string;
  /** Names the delivery: the same note is received once. */
  readonly deliveryNote: string;
  readonly quantity: number;
  readonly at: Instant;
}

export type ReceiveRejection = 'PRODUCT_NOT_FOUND';

export const receiveStock = (
  { type: _, ...delivery }: ReceiveStock,
  stock: Stock,
): E.Either<ReceiveRejection, ReadonlyArray<StockEvent>> => {
  if (stock.status === 'Unknown') return E.left('PRODUCT_NOT_FOUND');
  if (stock.deliveryNotes.has(delivery.deliveryNote)) return E.right([]);
  return E.right([{ type: 'StockReceived', ...delivery }]);
};
