import { either as E } from 'fp-ts';
import { type CommandFrom, type Decided } from '../decider.js';
import { type OrderEvent, type OrderNotPlaced } from './events.js';
import { type Order } from './order.js';

export type RefuseOrder = CommandFrom<Omit<OrderNotPlaced, 'userId'>, 'RefuseOrder'>;

/** Recorded before anything is given back: an attempt is either created or given back, never both. */
export const refuseOrder = (
  { attempt, refusals, at }: RefuseOrder,
  order: Order,
): Decided<OrderEvent, 'ORDER_NOT_FOUND' | 'ATTEMPT_OVER'> => {
  if (order.status === 'Unknown') return E.left('ORDER_NOT_FOUND');
  if (order.status === 'NOT_PLACED' && order.wanted.attempt === attempt) return E.right([]);
  if (order.status !== 'PLACING' || order.wanted.attempt !== attempt) return E.left('ATTEMPT_OVER');
  const { orderId, userId } = order.wanted;
  return E.right([{ type: 'OrderNotPlaced', orderId, userId, attempt, refusals, at }]);
};
