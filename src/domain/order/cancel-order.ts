import { either as E } from 'fp-ts';
import { type CommandFrom, type Decided } from '../decider.js';
import { type OrderCancelled, type OrderEvent } from './events.js';
import { isPlaced, type Order, policyOf } from './order.js';

export interface CancelOrder extends CommandFrom<Omit<OrderCancelled, 'userId'>, 'CancelOrder'> {
  /** EVENT: the shop's event its goods are tied to was cancelled. */
  readonly by: 'USER' | 'OPERATOR' | 'EVENT';
}

/**
 * An order can be cancelled until it is shipped; by its user only until it is paid if it was bought under such a policy. When its
 * event is cancelled, only an unpaid order is cancelled with it: for paid orders a person decides.
 */
export const cancelOrder = (
  { orderId, reason, by, at }: CancelOrder,
  order: Order,
): Decided<OrderEvent, 'ORDER_NOT_FOUND' | 'INVALID_ORDER_STATE'> => {
  if (!isPlaced(order)) return E.left('ORDER_NOT_FOUND');
  if (order.status === 'CANCELLED') return E.right([]);
  const isUnpaid = order.status === 'CREATED' || order.status === 'PENDING_PAYMENT';
  const isBought = order.status === 'PAID' || order.status === 'CONFIRMED';
  const mayUndo = by === 'OPERATOR' || (by === 'USER' && policyOf(order).cancel === 'UNTIL_SHIPPED');
  if (!isUnpaid && !(isBought && mayUndo)) return E.left('INVALID_ORDER_STATE');
  return E.right([{ type: 'OrderCancelled', orderId, userId: order.placed.userId, reason, at }]);
};
