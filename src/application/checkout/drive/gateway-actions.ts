import { either as E, taskEither as TE } from 'fp-ts';
import { type PaymentCommand } from '../../../domain/payment/decider.js';
import { type KnownPayment } from '../../../domain/payment/payment.js';
import { type GatewayAnswer, type GatewayError, type GatewayInquiry } from '../../ports/payment-gateway.js';
import { type Ports } from '../../ports/ports.js';
import { type HandlePayment } from '../aggregates/payment-aggregate.js';
import { chargeOf, chargePayment } from './charge-payment.js';
import { recordAnswer } from './record-answer.js';
import { type Carried, stale, waits, withAsked, withPayment } from './run.js';

export interface GatewayActionsPorts extends Pick<Ports, 'gateway' | 'clock'> {
  readonly handlePayment: HandlePayment;
}

/** What the gateway is asked, and its answers written into the payment. */
export const gatewayActions = (ports: GatewayActionsPorts) => {
  const { gateway, handlePayment, clock } = ports;
  const record = recordAnswer(ports);
  /** Null: it has not charged, and must not. */
  const answerOf = (payment: KnownPayment, mayCharge: boolean): TE.TaskEither<GatewayError, GatewayAnswer | null> =>
    mayCharge || payment.prepared.amount === 0
      ? chargePayment(gateway)(payment)
      : TE.map((told: GatewayInquiry) => (told.answer === 'Approved' ? told : null))(
          gateway.inquire(chargeOf(payment)),
        );
  const write = async (command: PaymentCommand, correlationId: string): Carried => {
    const written = await handlePayment(command, correlationId)();
    if (E.isRight(written)) return E.right(withPayment(written.right.state));
    return written.left.error === 'Rejected' ? E.right(stale) : waits('SETTLE_PAYMENT', written.left.error);
  };
  return {
    /** A question without an answer is not recorded as an attempt: only a known answer is recorded. */
    ask: async (payment: KnownPayment, mayCharge: boolean, correlationId: string): Carried => {
      const { paymentId } = payment.prepared;
      const answer = await answerOf(payment, mayCharge)();
      if (E.isLeft(answer)) return E.right(withAsked(paymentId, answer.left));
      if (answer.right === null) return E.right(withAsked(paymentId, 'NOT_CHARGED'));
      const recorded = await record(paymentId, E.right(answer.right), correlationId)();
      if (E.isLeft(recorded)) return waits('SETTLE_PAYMENT', recorded.left);
      return E.right(recorded.right === null ? stale : withPayment(recorded.right));
    },
    requestRefund: (paymentId: string, correlationId: string): Carried =>
      write({ type: 'RequestRefund', paymentId, reason: 'ORDER_CANNOT_BE_PAID', at: clock.now() }, correlationId),
    /** Once, however often it is asked. */
    refund: async (payment: KnownPayment, correlationId: string): Carried => {
      const { paymentId } = payment.prepared;
      const charge = chargeOf(payment);
      if (charge.amount > 0) {
        const refunded = await gateway.refund(charge, 'ORDER_NOT_FULFILLED')();
        if (E.isLeft(refunded)) return E.right(withAsked(paymentId, refunded.left));
        if (refunded.right.answer === 'Declined') return E.right(withAsked(paymentId, 'RefundDeclined'));
      }
      return write({ type: 'RecordRefund', paymentId, at: clock.now() }, correlationId);
    },
  };
};
