import { either as E } from 'fp-ts';
import { type Decided } from '../decider.js';
import { type Instant } from '../time.js';
import { type OrderEvent } from './events.js';
import { isPlaced, type Order } from './order.js';

export interface ExpireOrder {
  readonly type: 'ExpireOrder';
  readonly orderId: string;
  /** Of the hold as it stands: a payment under way may have extended it. */
  readonly holdExpiresAt: Instant;
  readonly at: Instant;
}

/** The hold has run out before payment. Too early, or past that point: nothing. */
export const expireOrder = (
  { orderId, holdExpiresAt, at }: ExpireOrder,
  order: Order,
): Decided<OrderEvent, 'ORDER_NOT_FOUND'> => {
  if (!isPlaced(order)) return E.left('ORDER_NOT_FOUND');
  if (order.status !== 'CREATED' && order.status !== 'PENDING_PAYMENT') return E.right([]);
  if (at < holdExpiresAt) return E.right([]);
  return E.right([{ type: 'OrderExpired', orderId, userId: order.placed.userId, at }]);
};
