import { either as E } from 'fp-ts';
import { type CommandFrom, type Decided } from '../decider.js';
import { type OrderEvent, type OrderShipped } from './events.js';
import { isPlaced, type Order } from './order.js';

export type ShipOrder = CommandFrom<Omit<OrderShipped, 'userId'>, 'ShipOrder'>;

export const shipOrder = (
  { orderId, at }: ShipOrder,
  order: Order,
): Decided<OrderEvent, 'ORDER_NOT_FOUND' | 'INVALID_ORDER_STATE'> => {
  if (!isPlaced(order)) return E.left('ORDER_NOT_FOUND');
  if (order.status === 'SHIPPED') return E.right([]);
  if (order.status !== 'CONFIRMED') return E.left('INVALID_ORDER_STATE');
  return E.right([{ type: 'OrderShipped', orderId, userId: order.placed.userId, at }]);
};
