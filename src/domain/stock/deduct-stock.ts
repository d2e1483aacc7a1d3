import { either as E } from 'fp-ts';
import { type CommandFrom, type Decided } from '../decider.js';
import { type StockDeducted, type StockEvent } from './events.js';
import { type Stock } from './stock.js';

export type DeductStock = CommandFrom<Omit<StockDeducted, 'quantity'>, 'DeductStock'>;

export type DeductRejection = 'PRODUCT_NOT_FOUND' | 'NOT_HELD';

/** Only what is held leaves the shelf, once an order. */
export const deductStock = (
  { productId, orderId, at }: DeductStock,
  stock: Stock,
): Decided<StockEvent, DeductRejection> => {
  if (stock.status === 'Unknown') return E.left('PRODUCT_NOT_FOUND');
  const claim = stock.claims.get(orderId);
  if (claim?.status === 'Deducted') return E.right([]);
  if (claim?.status !== 'Held') return E.left('NOT_HELD');
  return E.right([{ type: 'StockDeducted', productId, orderId, quantity: claim.quantity, at }]);
};
