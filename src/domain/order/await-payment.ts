import { either as E } from 'fp-ts';
import { type CommandFrom, type Decided } from '../decider.js';
import { type OrderEvent, type OrderPaymentPending } from './events.js';
import { isPlaced, type Order } from './order.js';

export type AwaitPayment = CommandFrom<Omit<OrderPaymentPending, 'userId'>, 'AwaitPayment'>;

/** Preparing again with another payment replaces the one before, for good: a call that comes late does not bring that back. */
export const awaitPayment = (
  { orderId, paymentId, at }: AwaitPayment,
  order: Order,
): Decided<OrderEvent, 'ORDER_NOT_FOUND' | 'INVALID_ORDER_STATE'> => {
  if (!isPlaced(order)) return E.left('ORDER_NOT_FOUND');
  if (order.status === 'PENDING_PAYMENT' && order.paymentId === paymentId) return E.right([]);
  if (order.payments.has(paymentId)) return E.left('INVALID_ORDER_STATE');
  if (order.status !== 'CREATED' && order.status !== 'PENDING_PAYMENT') return E.left('INVALID_ORDER_STATE');
  return E.right([{ type: 'OrderPaymentPending', orderId, userId: order.placed.userId, paymentId, at }]);
};
