import { either as E } from 'fp-ts';
import { type OrderCreated, type OrderEvent } from './events.js';
import { type Order } from './order.js';

export interface CreateOrder extends Omit<OrderCreated, 'type' | 'total'> {
  readonly type: 'CreateOrder';
}

export type CreateOrderRejection = 'ORDER_EXISTS' | 'DISCOUNTS_EXCEED_PRICE';

/** What the lines cost before discount and points. */
export const priceOf = (lines: CreateOrder['lines']): number =>
  lines.reduce((sum, { quantity, unitPrice }) => sum + quantity * unitPrice, 0);

/** Placing the same order again changes nothing. */
export const createOrder = (
  { type: _, ...order }: CreateOrder,
  existing: Order,
): E.Either<CreateOrderRejection, ReadonlyArray<OrderEvent>> => {
  if (existing.status !== 'Unknown')
    return existing.placed.userId === order.userId ? E.right([]) : E.left('ORDER_EXISTS');
  const total = priceOf(order.lines) - order.discount - order.points;
  if (total < 0) return E.left('DISCOUNTS_EXCEED_PRICE');
  return E.right([{ type: 'OrderCreated', ...order, total }]);
};
