import { either as E } from 'fp-ts';
import { type KnownPayment, type Payment } from '../../../domain/payment/payment.js';
import { failure } from '../../kernel/writer/load-decide-append.js';
import { recordAnswer } from '../drive/record-answer.js';
import {
  type ApprovePayment,
  type ApprovePaymentError,
  type ApprovePaymentPorts,
  type PaymentToApprove,
} from './approve-payment.js';
import { type PaymentSeen } from './find-payment.js';

export interface HearGatewayPorts extends Pick<
  ApprovePaymentPorts,
  'loadPayment' | 'find' | 'gateway' | 'claim' | 'handlePayment' | 'clock'
> {
  readonly approve: ApprovePayment;
}

type Answer = E.Either<ApprovePaymentError, PaymentSeen>;

const isRefused = (answer: Answer): boolean =>
  E.isLeft(answer) && (answer.left.code === 'NOT_PAYABLE' || answer.left.code === 'PAYMENT_DECLINED');

/** It may be charged, and nobody here knows of it. */
const mayBeUnknown = (payment: Payment, gatewayPaymentId: string): payment is KnownPayment =>
  payment.status === 'PENDING' || (payment.status === 'DECLINED' && payment.gatewayPaymentId === gatewayPaymentId);

/**
 * Anybody may claim that the gateway has news of a payment. So the gateway is asked, and a payment that nobody has begun to pay
 * is started only with a charge that the gateway confirms: an invented number neither declines the payment nor gets in
 * the way of its payer. A confirmed charge for a payment that was declined, or whose order cannot be paid any more, is recorded all the
 * same, so that it goes back. Answers the payment as it is then.
 */
export const hearGateway = (ports: HearGatewayPorts): ApprovePayment => {
  const { loadPayment, find, gateway, claim, handlePayment, clock, approve } = ports;
  const record = recordAnswer(ports);

  /** `refused`: why it cannot be paid; that stays the answer if the payment was begun with another number meanwhile. */
  const start = async (request: PaymentToApprove, orderId: string, refused: Answer): Promise<Answer | 'Started'> => {
    const { paymentId, gatewayPaymentId, correlationId } = request;
    const claimed = await claim({ gatewayPaymentId, paymentId, orderId }, correlationId)();
    if (E.isLeft(claimed)) return claimed;
    const at = clock.now();
    const command = { type: 'StartApproval', paymentId, gatewayPaymentId, holdUntil: at, at } as const;
    const started = await handlePayment(command, correlationId)();
    if (E.isRight(started)) return 'Started';
    const { left } = started;
    return left.error === 'Rejected' ? refused : E.left(failure<never, { paymentId: string }>(left, { paymentId }));
  };

  return (request) => async () => {
    const { paymentId, gatewayPaymentId, correlationId } = request;
    const found = await loadPayment(paymentId)();
    if (E.isLeft(found)) return E.left({ code: 'UNAVAILABLE' });
    const { state } = found.right;
    if (!mayBeUnknown(state, gatewayPaymentId)) return approve(request)();
    const { orderId, amount } = state.prepared;
    const told = await gateway.inquire({ paymentId, orderId, gatewayPaymentId, amount })();
    // Nothing was begun by asking.
    if (E.isLeft(told)) return E.left({ code: 'UNAVAILABLE' });
    const { answer, code } = told.right;
    if (answer !== 'Approved') return find(paymentId, { waitMs: 0 })();
    if (state.status === 'PENDING') {
      const approved = await approve(request)();
      if (!isRefused(approved)) return approved;
      const started = await start(request, orderId, approved);
      if (started !== 'Started') return started;
    }
    const recorded = await record(paymentId, E.right({ answer, code }), correlationId)();
    return E.isLeft(recorded) ? E.left({ code: 'OUTCOME_UNKNOWN', paymentId }) : find(paymentId, { waitMs: 0 })();
  };
};
