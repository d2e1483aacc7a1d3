import { either as E } from 'fp-ts';
import { type Decided } from '../decider.js';
import { type Instant } from '../time.js';
import { type OrderEvent } from './events.js';
import { isPlaced, type Order } from './order.js';

export interface CreateOrder {
  readonly type: 'CreateOrder';
  readonly orderId: string;
  /** The attempt for which everything was taken. */
  readonly attempt: number;
  readonly at: Instant;
}

/** Everything it needs is taken. An order with nothing left to pay is paid when it is created. */
export const createOrder = (
  { attempt, at }: CreateOrder,
  order: Order,
): Decided<OrderEvent, 'ORDER_NOT_FOUND' | 'ATTEMPT_OVER'> => {
  if (order.status === 'Unknown') return E.left('ORDER_NOT_FOUND');
  if (isPlaced(order)) return E.right([]);
  if (order.status === 'NOT_PLACED' || order.wanted.attempt !== attempt) return E.left('ATTEMPT_OVER');
  const { type: _, attempt: __, ...terms } = order.wanted;
  const created: OrderEvent = { ...terms, type: 'OrderCreated', at };
  if (terms.total > 0) return E.right([created]);
  const { orderId, userId } = terms;
  return E.right([created, { type: 'OrderPaid', orderId, userId, paymentId: null, at }]);
};
