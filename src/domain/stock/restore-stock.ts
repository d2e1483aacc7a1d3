import { either as E } from 'fp-ts';
import { latePaymentOf } from '../taking.js';
import { type Instant } from '../time.js';
import { type StockEvent } from './events.js';
import { type Stock } from './stock.js';

export interface RestoreStock {
  readonly type: 'RestoreStock';
  readonly productId: string;
  readonly orderId: string;
  /** What was taken for a later one of its late payments is not meant. Absent: whatever it has. */
  readonly latePayments?: number;
  readonly at: Instant;
}

/** An order that is over gives back what it has: deducted goods to the shelf, held ones to the others. What is held past its deadline has run out. */
export const restoreStock = (
  { productId, orderId, latePayments = Infinity, at }: RestoreStock,
  stock: Stock,
): E.Either<never, ReadonlyArray<StockEvent>> => {
  const claim = stock.status === 'Known' ? stock.claims.get(orderId) : undefined;
  if (latePaymentOf(claim?.takenBy) > latePayments) return E.right([]);
  if (claim?.status === 'Held') {
    const reason = at < claim.expiresAt ? 'CANCELLED' : 'EXPIRED';
    return E.right([{ type: 'StockReleased', productId, orderId, quantity: claim.quantity, reason, at }]);
  }
  if (claim?.status === 'Deducted')
    return E.right([{ type: 'StockRestored', productId, orderId, quantity: claim.quantity, at }]);
  return E.right([]);
};
