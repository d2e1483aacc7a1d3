import { either as E, type taskEither as TE } from 'fp-ts';
import { type Clock } from '../../ports/clock.js';
import { type GatewayError, type PaymentGateway } from '../../ports/payment-gateway.js';
import { type Books } from './books.js';
import { chargeOf } from './charge-of.js';
import { type HandlePayment } from './payment-aggregate.js';

export interface RefundPaymentPorts {
  readonly books: Books;
  readonly gateway: PaymentGateway;
  readonly handlePayment: HandlePayment;
  readonly clock: Clock;
}

export type RefundError = 'Unavailable' | 'RefundDeclined' | GatewayError;

/** Gives back what was charged and is to be given back; once, however often it is asked. */
export type RefundPayment = (paymentId: string, correlationId: string) => TE.TaskEither<RefundError, void>;

export const refundPayment =
  ({ books, gateway, handlePayment, clock }: RefundPaymentPorts): RefundPayment =>
  (paymentId, correlationId) =>
  async () => {
    const found = await books.payment(paymentId)();
    if (E.isLeft(found)) return E.left('Unavailable');
    const payment = found.right;
    if (payment.status !== 'REFUNDING') return E.right(undefined);
    const charge = chargeOf(payment);
    if (charge.amount > 0) {
      const refunded = await gateway.refund(charge, 'ORDER_NOT_FULFILLED')();
      if (E.isLeft(refunded)) return refunded;
      if (refunded.right.answer === 'Declined') return E.left('RefundDeclined');
    }
    const recorded = await handlePayment({ type: 'RecordRefund', paymentId, at: clock.now() }, correlationId)();
    return E.isLeft(recorded) ? E.left('Unavailable') : E.right(undefined);
  };
