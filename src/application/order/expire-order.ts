import { either as E, type taskEither as TE } from 'fp-ts';
import { type Order } from '../../domain/order/order.js';
import { type Books } from '../payment/books.js';
import { type Clock } from '../ports/clock.js';
import { type HandleOrder } from './order-aggregate.js';

export interface ExpireOrderPorts {
  readonly books: Books;
  readonly handleOrder: HandleOrder;
  readonly clock: Clock;
}

/** The order as it is once its hold, if that has run out, has been acted upon. A payment under way has moved the deadline. */
export type ExpireOrder = (orderId: string, correlationId: string) => TE.TaskEither<'Unavailable', Order>;

export const expireOrder =
  ({ books, handleOrder, clock }: ExpireOrderPorts): ExpireOrder =>
  (orderId, correlationId) =>
  async () => {
    const found = await books.order(orderId)();
    if (E.isLeft(found)) return E.left('Unavailable');
    const order = found.right;
    if (order.status !== 'CREATED' && order.status !== 'PENDING_PAYMENT') return found;
    let { holdExpiresAt } = order.placed;
    if (order.paymentId !== null) {
      const payment = await books.payment(order.paymentId)();
      if (E.isLeft(payment)) return E.left('Unavailable');
      // It is charged: whoever recorded that is about to pay the order.
      if (payment.right.status === 'PAID') return found;
      if (payment.right.status === 'APPROVING')
        holdExpiresAt = Math.max(holdExpiresAt, payment.right.holdUntil ?? holdExpiresAt);
    }
    const command = { type: 'ExpireOrder', orderId, holdExpiresAt, at: clock.now() } as const;
    const expired = await handleOrder(command, correlationId)();
    return E.isLeft(expired) ? E.left('Unavailable') : E.right(expired.right.state);
  };
