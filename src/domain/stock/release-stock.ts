import { either as E } from 'fp-ts';
import { type CommandFrom, type Decided } from '../decider.js';
import { isGivenBackWith, latePaymentOf } from '../taking.js';
import { type StockEvent, type StockReleased } from './events.js';
import { type Stock } from './stock.js';

export interface ReleaseStock extends CommandFrom<Omit<StockReleased, 'quantity'>, 'ReleaseStock'> {
  /** What is rolled back: the hold that was taken for this, or for anything before it. */
  readonly takenBy?: string;
}

/**
 * Goods that are not held are not released; an expiry before the deadline of the hold, which may have been extended, does nothing. A
 * failed attempt rolls back what it and earlier attempts took, never what is held for a later one. A cancellation does not release a
 * hold that a late payment has taken since.
 */
export const releaseStock = (
  { productId, orderId, reason, takenBy, at }: ReleaseStock,
  stock: Stock,
): Decided<StockEvent> => {
  const claim = stock.status === 'Known' ? stock.claims.get(orderId) : undefined;
  if (claim?.status !== 'Held') return E.right([]);
  if (reason === 'ROLLED_BACK' && !isGivenBackWith(takenBy, claim.takenBy)) return E.right([]);
  if (reason === 'CANCELLED' && latePaymentOf(claim.takenBy) > 0) return E.right([]);
  if (reason === 'EXPIRED' && at < claim.expiresAt) return E.right([]);
  return E.right([{ type: 'StockReleased', productId, orderId, quantity: claim.quantity, reason, at }]);
};
