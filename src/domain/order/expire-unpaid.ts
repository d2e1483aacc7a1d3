import { either as E } from 'fp-ts';
import { type Instant } from '../time.js';
import { type OrderEvent } from './events.js';
import { expireOrder, type ExpireOrderRejection } from './expire-order.js';
import { type Order } from './order.js';

export interface ExpireUnpaid {
  readonly type: 'ExpireUnpaid';
  readonly orderId: string;
  readonly at: Instant;
}

/** Whether it is charged has to be asked first. */
export type ExpireUnpaidRejection = ExpireOrderRejection | 'PAYMENT_BEGUN';

/** Expires an order that nobody has begun to pay. */
export const expireUnpaid = (
  { orderId, at }: ExpireUnpaid,
  order: Order,
): E.Either<ExpireUnpaidRejection, ReadonlyArray<OrderEvent>> => {
  if (order.status === 'Unknown') return E.left('ORDER_NOT_FOUND');
  const isUnpaid = order.status === 'CREATED' || order.status === 'PENDING_PAYMENT';
  if (isUnpaid && order.paymentId !== null) return E.left('PAYMENT_BEGUN');
  return expireOrder({ type: 'ExpireOrder', orderId, holdExpiresAt: order.placed.holdExpiresAt, at }, order);
};
