import { either as E } from 'fp-ts';
import { type CommandFrom, type Decided } from '../decider.js';
import { type OrderEvent, type OrderPaymentRefused } from './events.js';
import { isPlaced, type Order } from './order.js';

export type RefusePayment = CommandFrom<Omit<OrderPaymentRefused, 'userId'>, 'RefusePayment'>;

/** A late payment either pays the order or is refused, never both: money is refunded only after this event or the order's end. */
export const refusePayment = (
  { orderId, paymentId, reason, at }: RefusePayment,
  order: Order,
): Decided<OrderEvent, 'ORDER_NOT_FOUND' | 'ORDER_PAID_BY_IT'> => {
  if (!isPlaced(order)) return E.left('ORDER_NOT_FOUND');
  if (order.refused.has(paymentId)) return E.right([]);
  const paid =
    order.status === 'PAID' ||
    order.status === 'CONFIRMED' ||
    order.status === 'SHIPPED' ||
    order.status === 'DELIVERED';
  if (paid && order.paymentId === paymentId) return E.left('ORDER_PAID_BY_IT');
  return E.right([{ type: 'OrderPaymentRefused', orderId, userId: order.placed.userId, paymentId, reason, at }]);
};
