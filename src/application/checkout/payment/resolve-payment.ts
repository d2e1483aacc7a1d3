import { either as E, type taskEither as TE } from 'fp-ts';
import {
  type Charge,
  type GatewayAnswer,
  type GatewayError,
  type PaymentGateway,
} from '../../ports/payment-gateway.js';
import { type Books } from './books.js';
import { chargeOf } from './charge-of.js';
import { type PaymentOutcome, recordAnswer, type RecordAnswerPorts } from './record-answer.js';

export interface ResolvePaymentPorts extends RecordAnswerPorts {
  readonly books: Books;
  readonly gateway: PaymentGateway;
}

/** Why it is not known yet: ask again later. */
export type NotResolved = 'Unavailable' | GatewayError;

/** Asks the gateway what became of a payment under way. 'SETTLED' where there was nothing to ask. */
export type ResolvePayment = (
  paymentId: string,
  correlationId: string,
) => TE.TaskEither<NotResolved, PaymentOutcome | 'SETTLED'>;

/**
 * A gateway that has not charged may still get the call that was lost: so it is called once more with the same key, which
 * makes the answer final one way or the other. Should the order be over by then, the money is given back.
 */
export const resolvePayment = (ports: ResolvePaymentPorts): ResolvePayment => {
  const record = recordAnswer(ports);
  const ask = async (charge: Charge): Promise<E.Either<GatewayError, GatewayAnswer>> => {
    if (charge.amount === 0) return E.right({ answer: 'Approved', code: 'NOTHING_TO_PAY' });
    const inquired = await ports.gateway.inquire(charge)();
    if (E.isLeft(inquired)) return inquired;
    const { answer, code } = inquired.right;
    return answer === 'NotCharged' ? ports.gateway.approve(charge)() : E.right({ answer, code });
  };
  return (paymentId, correlationId) => async () => {
    const found = await ports.books.payment(paymentId)();
    if (E.isLeft(found)) return E.left('Unavailable');
    if (found.right.status !== 'APPROVING') return E.right('SETTLED');
    const charge = chargeOf(found.right);
    const answer = await ask(charge);
    // An attempt nobody asked for is not one: only what is known is recorded.
    return E.isLeft(answer) ? answer : record(charge, answer, correlationId)();
  };
};
