import { either as E } from 'fp-ts';
import { type CommandFrom, type Decided } from '../decider.js';
import { latePaymentOf } from '../taking.js';
import { type StockEvent, type StockReleased, type StockRestored } from './events.js';
import { type Claim, type Stock } from './stock.js';

export interface RestoreStock extends CommandFrom<Omit<StockRestored, 'quantity'>, 'RestoreStock'> {
  /** Goods that a late payment with a higher number took are not given back. Absent: all goods of the order are. */
  readonly latePayments?: number;
}

export type Held = Extract<Claim, { readonly status: 'Held' }>;

/** A hold is given up by its order: run out once its time is over, else called off. */
export const released = (
  of: Pick<StockReleased, 'productId' | 'orderId' | 'at'>,
  { quantity, expiresAt }: Pick<Held, 'quantity' | 'expiresAt'>,
): StockReleased => ({ type: 'StockReleased', ...of, quantity, reason: of.at < expiresAt ? 'CANCELLED' : 'EXPIRED' });

/** An order that is over gives back what it has: deducted goods to the shelf, held ones to the others. */
export const restoreStock = (
  { productId, orderId, latePayments = Infinity, at }: RestoreStock,
  stock: Stock,
): Decided<StockEvent> => {
  const claim = stock.status === 'Known' ? stock.claims.get(orderId) : undefined;
  if (latePaymentOf(claim?.takenBy) > latePayments) return E.right([]);
  if (claim?.status === 'Held') return E.right([released({ productId, orderId, at }, claim)]);
  if (claim?.status === 'Deducted')
    return E.right([{ type: 'StockRestored', productId, orderId, quantity: claim.quantity, at }]);
  return E.right([]);
};
