import { either as E, type taskEither as TE } from 'fp-ts';
import { type PaymentCommand } from '../../../domain/payment/decider.js';
import { type Payment } from '../../../domain/payment/payment.js';
import { type AsKnown } from '../../kernel/writer/load-decide-append.js';
import { type GatewayAnswer, type GatewayError } from '../../ports/payment-gateway.js';
import { type Clock } from '../../ports/clock.js';
import { type HandlePayment } from '../aggregates/payment-aggregate.js';

export interface RecordAnswerPorts {
  readonly handlePayment: HandlePayment;
  readonly clock: Clock;
}

const commandOf = (paymentId: string, answer: E.Either<GatewayError, GatewayAnswer>, at: number): PaymentCommand => {
  if (E.isLeft(answer)) return { type: 'RecordUnknown', paymentId, code: answer.left, at };
  const { code } = answer.right;
  return { type: answer.right.answer === 'Declined' ? 'RecordDecline' : 'RecordApproval', paymentId, code, at };
};

/**
 * Records what the gateway said, and answers the payment as it is then; null if another call that
 * knew more has decided it meanwhile. What follows for the order is decided elsewhere.
 */
export const recordAnswer =
  ({ handlePayment, clock }: RecordAnswerPorts) =>
  (
    paymentId: string,
    answer: E.Either<GatewayError, GatewayAnswer>,
    correlationId: string,
    known?: AsKnown<Payment>,
  ): TE.TaskEither<'Unavailable', Payment | null> =>
  async () => {
    const recorded = await handlePayment(commandOf(paymentId, answer, clock.now()), correlationId, known)();
    if (E.isRight(recorded)) return E.right(recorded.right.state);
    return recorded.left.error === 'Rejected' ? E.right(null) : E.left('Unavailable');
  };
