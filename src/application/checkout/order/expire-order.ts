import { either as E, type taskEither as TE } from 'fp-ts';
import { type Order, unknownOrder } from '../../../domain/order/order.js';
import { type KnownPayment } from '../../../domain/payment/payment.js';
import { chargeOf } from '../payment/charge-of.js';
import { recordAnswer, type RecordAnswerPorts } from '../payment/record-answer.js';
import { type Books } from '../payment/books.js';
import { type PaymentGateway } from '../../ports/payment-gateway.js';
import { type HandleExpireUnpaid } from './order-aggregate.js';

export interface ExpireOrderPorts extends RecordAnswerPorts {
  readonly books: Books;
  readonly expireUnpaid: HandleExpireUnpaid;
  readonly gateway: Pick<PaymentGateway, 'inquire'>;
}

/**
 * The order as it is once its hold, if that has run out, has been acted upon. A payment under way has moved the deadline;
 * when that comes, what the gateway has charged by then still pays.
 */
export type ExpireOrder = (orderId: string, correlationId: string) => TE.TaskEither<'Unavailable', Order>;

export const expireOrder = (ports: ExpireOrderPorts): ExpireOrder => {
  const { books, gateway, handleOrder, clock } = ports;
  const record = recordAnswer(ports);
  const read = async (orderId: string): Promise<E.Either<'Unavailable', Order>> => {
    const found = await books.order(orderId)();
    return E.isLeft(found) ? E.left('Unavailable') : found;
  };
  /** Nobody has asked, perhaps because nobody ran. A gateway that does not answer, or has not charged, is not waited for. */
  const isCharged = async (payment: KnownPayment, correlationId: string): Promise<E.Either<'Unavailable', boolean>> => {
    const charge = chargeOf(payment);
    const nothingToPay = E.right({ answer: 'Approved', code: 'NOTHING_TO_PAY' } as const);
    const inquired = charge.amount === 0 ? nothingToPay : await gateway.inquire(charge)();
    if (E.isLeft(inquired) || inquired.right.answer !== 'Approved') return E.right(false);
    const { code } = inquired.right;
    const recorded = await record(charge, E.right({ answer: 'Approved', code }), correlationId)();
    return E.isLeft(recorded) ? recorded : E.right(true);
  };

  const askFirst = async (orderId: string, correlationId: string): Promise<E.Either<'Unavailable', Order>> => {
    const found = await read(orderId);
    if (E.isLeft(found)) return found;
    const order = found.right;
    if (order.status !== 'CREATED' && order.status !== 'PENDING_PAYMENT') return found;
    let { holdExpiresAt } = order.placed;
    if (order.paymentId !== null) {
      const payment = await books.payment(order.paymentId)();
      if (E.isLeft(payment)) return E.left('Unavailable');
      // It is charged: whoever recorded that is about to pay the order.
      if (payment.right.status === 'PAID') return found;
      if (payment.right.status === 'APPROVING') {
        holdExpiresAt = Math.max(holdExpiresAt, payment.right.holdUntil ?? holdExpiresAt);
        const charged = clock.now() < holdExpiresAt ? E.right(false) : await isCharged(payment.right, correlationId);
        if (E.isLeft(charged)) return charged;
        if (charged.right) return read(orderId);
      }
    }
    const command = { type: 'ExpireOrder', orderId, holdExpiresAt, at: clock.now() } as const;
    const expired = await handleOrder(command, correlationId)();
    return E.isLeft(expired) ? E.left('Unavailable') : E.right(expired.right.state);
  };

  return (orderId, correlationId) => async () => {
    const command = { type: 'ExpireUnpaid', orderId, at: clock.now() } as const;
    const expired = await ports.expireUnpaid(command, correlationId)();
    if (E.isRight(expired)) return E.right(expired.right.state);
    if (expired.left.error !== 'Rejected') return E.left('Unavailable');
    switch (expired.left.rejection) {
      case 'ORDER_NOT_FOUND':
        return E.right(unknownOrder);
      case 'PAYMENT_BEGUN':
        return askFirst(orderId, correlationId);
    }
  };
};
