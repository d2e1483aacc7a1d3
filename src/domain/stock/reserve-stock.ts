import { either as E } from 'fp-ts';
import { type CommandFrom, type Decided } from '../decider.js';
import { isShared, isTakenAnew, latePaymentOf, mayTakeAgain } from '../taking.js';
import { type StockEvent, type StockReleased, type StockReserved } from './events.js';
import { evolve } from './evolve.js';
import { limitPassedBy, purchaseLimitReached, type PurchaseLimitReached } from './purchase-limits.js';
import { type Held, released } from './restore-stock.js';
import { available, buyerOf, type Stock } from './stock.js';

export interface ReserveStock extends CommandFrom<StockReserved, 'ReserveStock'> {
  /** A payment came in after the hold had run out: take the goods again if they are still there. */
  readonly again: boolean;
  /** For which attempt to place the order, or for which late payment; absent for one that stands and never ran out. */
  readonly takenBy?: string;
  /** Whose order it is; absent in requests of before there were limits. */
  readonly userId?: string;
}

export type ReserveRejection =
  'PRODUCT_NOT_FOUND' | 'SOLD_OUT' | 'INSUFFICIENT_STOCK' | 'CLAIM_ENDED' | 'CLAIM_DIFFERS' | PurchaseLimitReached;

/** How a hold is given back before it is taken anew: as that of an expired order, or as that of an attempt that failed. */
const backFrom = ({ productId, orderId, takenBy, at }: ReserveStock, claim: Held): StockReleased => {
  const back = released({ productId, orderId, at }, claim);
  return latePaymentOf(takenBy) > 0 ? back : { ...back, reason: 'ROLLED_BACK' };
};

/**
 * The caller's own hold is no obstacle; a repetition that comes late does not revive an ended claim. Goods that are still held when a
 * later attempt or a late payment comes are given back and taken anew for it, if its buyer may have them. A product that stays closed
 * is closed to new orders only: a buyer with a claim from before it was sold out gets what came back. The limits of a buyer are
 * checked before the stock: a buyer at the limit is not told how much there is.
 */
export const reserveStock = (command: ReserveStock, stock: Stock): Decided<StockEvent, ReserveRejection> => {
  const { productId, orderId, quantity, expiresAt, again, takenBy, userId, at } = command;
  if (stock.status === 'Unknown') return E.left('PRODUCT_NOT_FOUND');
  const claim = stock.claims.get(orderId);
  if (claim?.status === 'Held' && isTakenAnew(claim.takenBy, takenBy)) {
    const back = backFrom(command, claim);
    return E.map((taken: ReadonlyArray<StockEvent>) => [back, ...taken])(reserveStock(command, evolve(stock, back)));
  }
  // Begun, broken off and begun again with another quantity: what is held would not be what is sold.
  if (claim?.status === 'Held' && claim.quantity !== quantity) return E.left('CLAIM_DIFFERS');
  if (claim?.status === 'Held') {
    const until = Math.max(expiresAt, claim.expiresAt);
    const extended = { type: 'HoldExtended', productId, orderId, expiresAt: until, at } as const;
    if (isShared(claim.takenBy, takenBy)) return E.right([{ ...extended, shared: true }]);
    // Without a name it is asked for by an order that stands: it is paid, or about to be.
    return E.right(takenBy === undefined && claim.endsWithOrder !== true ? [extended] : []);
  }
  if (claim?.status === 'Deducted') return E.right([]);
  if (claim?.status === 'Restored') return E.left('CLAIM_ENDED');
  if (claim !== undefined && !mayTakeAgain(claim.takenBy, takenBy, again && claim.calledOff !== true))
    return E.left('CLAIM_ENDED');
  if (stock.isClosed && claim === undefined) return E.left('SOLD_OUT');
  const isRenewed = claim !== undefined && again;
  const passed = limitPassedBy(stock.limits, buyerOf(stock, userId), { quantity, isRenewed, at });
  if (userId !== undefined && passed !== null) return E.left(purchaseLimitReached(passed));
  if (quantity > available(stock)) return E.left('INSUFFICIENT_STOCK');
  const by = { ...(takenBy !== undefined && { takenBy }), ...(userId !== undefined && { userId }) };
  return E.right([{ type: 'StockReserved', productId, orderId, quantity, expiresAt, ...by, at }]);
};
