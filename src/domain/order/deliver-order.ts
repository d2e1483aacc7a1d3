import { either as E } from 'fp-ts';
import { type CommandFrom, type Decided } from '../decider.js';
import { type OrderDelivered, type OrderEvent } from './events.js';
import { isPlaced, type Order } from './order.js';

export type DeliverOrder = CommandFrom<Omit<OrderDelivered, 'userId'>, 'DeliverOrder'>;

export const deliverOrder = (
  { orderId, at }: DeliverOrder,
  order: Order,
): Decided<OrderEvent, 'ORDER_NOT_FOUND' | 'INVALID_ORDER_STATE'> => {
  if (!isPlaced(order)) return E.left('ORDER_NOT_FOUND');
  if (order.status === 'DELIVERED') return E.right([]);
  if (order.status !== 'SHIPPED') return E.left('INVALID_ORDER_STATE');
  return E.right([{ type: 'OrderDelivered', orderId, userId: order.placed.userId, at }]);
};
