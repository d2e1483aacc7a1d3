import { either as E } from 'fp-ts';
import { askedForAgain, latePaymentOf } from '../taking.js';
import { type Instant } from '../time.js';
import { type StockEvent } from './events.js';
import { limitPassedBy, purchaseLimitReached, type PurchaseLimitReached } from './purchase-limits.js';
import { released } from './restore-stock.js';
import { available, buyerOf, type EndedClaim, type Stock } from './stock.js';

export interface ReserveStock {
  readonly type: 'ReserveStock';
  readonly productId: string;
  readonly orderId: string;
  readonly quantity: number;
  readonly expiresAt: Instant;
  /** A payment came in after the hold had run out: take the goods again if they are still there. */
  readonly again: boolean;
  /** For which attempt to place the order, or for which late payment; absent for one that stands and never ran out. */
  readonly takenBy?: string;
  /** Whose order it is; absent in requests of before there were limits. */
  readonly userId?: string;
  readonly at: Instant;
}

export type ReserveRejection =
  'PRODUCT_NOT_FOUND' | 'SOLD_OUT' | 'INSUFFICIENT_STOCK' | 'CLAIM_ENDED' | 'CLAIM_DIFFERS' | PurchaseLimitReached;

/** Later attempts, and late payments, may take again what was given back; a late message of those that gave it back may not. */
const mayTakeAgain = ({ status, takenBy }: EndedClaim, again: boolean, by: string | undefined): boolean => {
  if (status !== 'Released') return false;
  return by === undefined ? again : by !== takenBy && latePaymentOf(by) >= latePaymentOf(takenBy);
};

/**
 * A hold that another call took for the same order is shared from then on: neither of them alone gives it back. The
 * caller's own hold never stands in its way; an ended claim is not revived by a late repetition. What is still held when a
 * late payment comes is taken anew for it: a request to give back what the expired order had does not mean it. A product
 * that stays closed is closed to new orders: who had a claim before it was sold out is served by what came back. The limits
 * of a buyer are checked before the stock: a buyer at the limit is not told how much there is.
 */
export const reserveStock = (
  { productId, orderId, quantity, expiresAt, again, takenBy, userId, at }: ReserveStock,
  stock: Stock,
): E.Either<ReserveRejection, ReadonlyArray<StockEvent>> => {
  if (stock.status === 'Unknown') return E.left('PRODUCT_NOT_FOUND');
  const by = { ...(takenBy !== undefined && { takenBy }), ...(userId !== undefined && { userId }) };
  const reserved = (until: Instant): StockEvent => ({
    ...{ type: 'StockReserved', productId, orderId, quantity, expiresAt: until, ...by, at },
  });
  const claim = stock.claims.get(orderId);
  // Begun, broken off and begun again with another quantity: what is held would not be what is sold.
  if (claim?.status === 'Held' && claim.quantity !== quantity) return E.left('CLAIM_DIFFERS');
  if (claim?.status === 'Held') {
    const until = Math.max(expiresAt, claim.expiresAt);
    const extended = { type: 'HoldExtended', productId, orderId, expiresAt: until, at } as const;
    switch (askedForAgain(claim.takenBy, takenBy)) {
      case 'Anew':
        return E.right([released({ productId, orderId, at }, claim), reserved(until)]);
      case 'Shared':
        return E.right([{ ...extended, shared: true }]);
      case 'Same':
        // Without a name it is asked for by an order that stands: it is paid, or about to be.
        return E.right(takenBy === undefined && claim.endsWithOrder !== true ? [extended] : []);
    }
  }
  if (claim?.status === 'Deducted') return E.right([]);
  if (claim !== undefined && !mayTakeAgain(claim, again, takenBy)) return E.left('CLAIM_ENDED');
  if (stock.isClosed && claim === undefined) return E.left('SOLD_OUT');
  const isRenewed = claim !== undefined && again;
  const passed = limitPassedBy(stock.limits, buyerOf(stock, userId), { quantity, isRenewed, at });
  if (userId !== undefined && passed !== null) return E.left(purchaseLimitReached(passed));
  if (quantity > available(stock)) return E.left('INSUFFICIENT_STOCK');
  return E.right([reserved(expiresAt)]);
};
