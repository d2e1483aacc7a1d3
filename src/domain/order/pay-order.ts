import { either as E } from 'fp-ts';
import { type Decided } from '../decider.js';
import { type Instant } from '../time.js';
import { type OrderEvent } from './events.js';
import { isPlaced, type Order } from './order.js';

export interface PayOrder {
  readonly type: 'PayOrder';
  readonly orderId: string;
  readonly paymentId: string;
  /** The hold had expired, and the caller has reserved everything the order needs once more. */
  readonly late: boolean;
  readonly at: Instant;
}

/** An expired order is paid only when everything it needs was taken again. */
export const payOrder = (
  { orderId, paymentId, late, at }: PayOrder,
  order: Order,
): Decided<OrderEvent, 'ORDER_NOT_FOUND' | 'INVALID_ORDER_STATE' | 'PAYMENT_REFUSED'> => {
  if (!isPlaced(order)) return E.left('ORDER_NOT_FOUND');
  if (order.status === 'PAID' && order.paymentId === paymentId) return E.right([]);
  if (order.refused.has(paymentId)) return E.left('PAYMENT_REFUSED');
  if (order.status !== 'PENDING_PAYMENT' && !(late && order.status === 'EXPIRED')) return E.left('INVALID_ORDER_STATE');
  const { userId, total: amount } = order.placed;
  return E.right([{ type: 'OrderPaid', orderId, userId, paymentId, amount, at }]);
};
