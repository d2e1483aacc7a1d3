import { either as E } from 'fp-ts';
import { type Instant } from '../time.js';
import { type StockEvent } from './events.js';
import { type Stock } from './stock.js';

export interface RestoreStock {
  readonly type: 'RestoreStock';
  readonly productId: string;
  readonly orderId: string;
  readonly at: Instant;
}

/** A cancelled order gives back what it has: deducted goods to the shelf, held ones to the others. */
export const restoreStock = (
  { productId, orderId, at }: RestoreStock,
  stock: Stock,
): E.Either<never, ReadonlyArray<StockEvent>> => {
  const claim = stock.status === 'Known' ? stock.claims.get(orderId) : undefined;
  if (claim?.status === 'Held')
    return E.right([{ type: 'StockReleased', productId, orderId, quantity: claim.quantity, reason: 'CANCELLED', at }]);
  if (claim?.status === 'Deducted')
    return E.right([{ type: 'StockRestored', productId, orderId, quantity: claim.quantity, at }]);
  return E.right([]);
};
