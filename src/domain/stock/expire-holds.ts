import { either as E } from 'fp-ts';
import { type Decided } from '../decider.js';
import { type Instant } from '../time.js';
import { type StockEvent } from './events.js';
import { type Stock } from './stock.js';

export interface ExpireHolds {
  readonly type: 'ExpireHolds';
  readonly productId: string;
  readonly orderIds: ReadonlyArray<string>;
  readonly at: Instant;
}

/**
 * Of these, the holds that have run out and that nobody has begun to pay for end in one event, before their orders do. An
 * order that is paid, or may be, keeps what it has until it ends.
 */
export const expireHolds = ({ productId, orderIds, at }: ExpireHolds, stock: Stock): Decided<StockEvent> => {
  if (stock.status === 'Unknown') return E.right([]);
  const holds = [...new Set(orderIds)].flatMap((orderId) => {
    const claim = stock.claims.get(orderId);
    const isOver = claim?.status === 'Held' && claim.endsWithOrder !== true && claim.expiresAt <= at;
    return isOver ? [{ orderId, quantity: claim.quantity }] : [];
  });
  return E.right(holds.length === 0 ? [] : [{ type: 'HoldsExpired', productId, holds, at }]);
};
