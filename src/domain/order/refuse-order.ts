import { either as E } from 'fp-ts';
import { type CommandFrom } from '../decider.js';
import { type OrderEvent, type OrderNotPlaced } from './events.js';
import { type Order } from './order.js';

export type RefuseOrder = CommandFrom<Omit<OrderNotPlaced, 'userId'>, 'RefuseOrder'>;

export type RefuseOrderRejection = 'ORDER_NOT_FOUND' | 'ATTEMPT_OVER';

/** Recorded before anything is given back: an attempt is either created or given back, never both. */
export const refuseOrder = (
  { attempt, refusals, at }: RefuseOrder,
  order: Order,
): E.Either<RefuseOrderRejection, ReadonlyArray<OrderEvent>> => {
  if (order.status === 'Unknown') return E.left('ORDER_NOT_FOUND');
  if (order.status === 'NOT_PLACED' && order.wanted.attempt === attempt) return E.right([]);
  if (order.status !== 'PLACING' || order.wanted.attempt !== attempt) return E.left('ATTEMPT_OVER');
  const { orderId, userId } = order.wanted;
  return E.right([{ type: 'OrderNotPlaced', orderId, userId, attempt, refusals, at }]);
};
