import { either as E } from 'fp-ts';
import { type CommandFrom, type Decided } from '../decider.js';
import { type OrderConfirmed, type OrderEvent } from './events.js';
import { isPlaced, type Order } from './order.js';

export type ConfirmOrder = CommandFrom<Omit<OrderConfirmed, 'userId'>, 'ConfirmOrder'>;

export const confirmOrder = (
  { orderId, at }: ConfirmOrder,
  order: Order,
): Decided<OrderEvent, 'ORDER_NOT_FOUND' | 'INVALID_ORDER_STATE'> => {
  if (!isPlaced(order)) return E.left('ORDER_NOT_FOUND');
  if (order.status === 'CONFIRMED') return E.right([]);
  if (order.status !== 'PAID') return E.left('INVALID_ORDER_STATE');
  return E.right([{ type: 'OrderConfirmed', orderId, userId: order.placed.userId, at }]);
};
