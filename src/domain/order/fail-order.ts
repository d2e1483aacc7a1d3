import { either as E } from 'fp-ts';
import { type CommandFrom, type Decided } from '../decider.js';
import { type OrderEvent, type OrderFailed } from './events.js';
import { isPlaced, type Order } from './order.js';

export type FailOrder = CommandFrom<Omit<OrderFailed, 'userId'>, 'FailOrder'>;

/** Payment finally failed. */
export const failOrder = (
  { orderId, reason, at }: FailOrder,
  order: Order,
): Decided<OrderEvent, 'ORDER_NOT_FOUND' | 'INVALID_ORDER_STATE'> => {
  if (!isPlaced(order)) return E.left('ORDER_NOT_FOUND');
  if (order.status === 'FAILED') return E.right([]);
  if (order.status !== 'CREATED' && order.status !== 'PENDING_PAYMENT') return E.left('INVALID_ORDER_STATE');
  return E.right([{ type: 'OrderFailed', orderId, userId: order.placed.userId, reason, at }]);
};
