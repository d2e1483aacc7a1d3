import { either as E } from 'fp-ts';
import { MOST_MONEY } from '../money.js';
import { type OrderCreated, type OrderEvent } from './events.js';
import { type Order } from './order.js';
import { isSameOrder } from './same-order.js';

export interface CreateOrder extends Omit<OrderCreated, 'type' | 'total'> {
  readonly type: 'CreateOrder';
}

export type CreateOrderRejection = 'ORDER_EXISTS' | 'REQUEST_ID_REUSED' | 'TOTAL_TOO_LARGE' | 'DISCOUNTS_EXCEED_PRICE';

/** What the lines cost before discount and points. Exact up to MOST_MONEY, above it in any case more than that. */
export const priceOf = (lines: CreateOrder['lines']): number =>
  lines.reduce((sum, { quantity, unitPrice }) => sum + quantity * unitPrice, 0);

/**
 * Placing the same order again changes nothing; another one under its id is refused. An order of which nothing is left
 * to pay is paid as it is placed.
 */
export const createOrder = (
  { type: _, ...order }: CreateOrder,
  existing: Order,
): E.Either<CreateOrderRejection, ReadonlyArray<OrderEvent>> => {
  if (existing.status !== 'Unknown') {
    if (existing.placed.userId !== order.userId) return E.left('ORDER_EXISTS');
    return isSameOrder(existing.placed, order) ? E.right([]) : E.left('REQUEST_ID_REUSED');
  }
  const price = priceOf(order.lines);
  if (price > MOST_MONEY) return E.left('TOTAL_TOO_LARGE');
  const total = price - order.discount - order.points;
  if (total < 0) return E.left('DISCOUNTS_EXCEED_PRICE');
  const created: OrderEvent = { type: 'OrderCreated', ...order, total };
  if (total > 0) return E.right([created]);
  const { orderId, userId, at } = order;
  return E.right([created, { type: 'OrderPaid', orderId, userId, paymentId: null, at }]);
};
