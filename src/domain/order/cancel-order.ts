import { either as E } from 'fp-ts';
import { type Instant } from '../time.js';
import { type OrderEvent } from './events.js';
import { type Order } from './order.js';

export interface CancelOrder {
  readonly type: 'CancelOrder';
  readonly orderId: string;
  readonly reason: string;
  readonly at: Instant;
}

export type CancelOrderRejection = 'ORDER_NOT_FOUND' | 'INVALID_ORDER_STATE';

/** Up to CONFIRMED; what is on its way is not called back. */
export const cancelOrder = (
  { orderId, reason, at }: CancelOrder,
  order: Order,
): E.Either<CancelOrderRejection, ReadonlyArray<OrderEvent>> => {
  if (order.status === 'Unknown') return E.left('ORDER_NOT_FOUND');
  if (order.status === 'CANCELLED') return E.right([]);
  if (
    order.status !== 'CREATED' &&
    order.status !== 'PENDING_PAYMENT' &&
    order.status !== 'PAID' &&
    order.status !== 'CONFIRMED'
  )
    return E.left('INVALID_ORDER_STATE');
  return E.right([{ type: 'OrderCancelled', orderId, userId: order.placed.userId, reason, at }]);
};
