import { either as E, type taskEither as TE } from 'fp-ts';
import { type HandleOrder } from '../order/order-aggregate.js';
import { type Clock } from '../../ports/clock.js';
import { type GatewayError, type GatewayAnswer } from '../../ports/payment-gateway.js';
import { type HandlePayment } from './payment-aggregate.js';

export interface RecordAnswerPorts {
  readonly handlePayment: HandlePayment;
  readonly handleOrder: HandleOrder;
  readonly clock: Clock;
}

export interface OfPayment {
  readonly paymentId: string;
  readonly orderId: string;
}

export type PaymentOutcome = 'PAID' | 'DECLINED' | 'UNKNOWN';

/**
 * Writes down what the gateway said: client, webhook and resolver all come here. Charged money pays its order at once
 * where that is still possible; where it is not, the saga decides between taking everything again and giving it back.
 */
export const recordAnswer =
  ({ handlePayment, handleOrder, clock }: RecordAnswerPorts) =>
  (
    { paymentId, orderId }: OfPayment,
    answer: E.Either<GatewayError, GatewayAnswer>,
    correlationId: string,
  ): TE.TaskEither<'Unavailable', PaymentOutcome> =>
  async () => {
    const at = clock.now();
    if (E.isLeft(answer)) {
      const recorded = await handlePayment(
        { type: 'RecordUnknown', paymentId, code: answer.left, at },
        correlationId,
      )();
      // It was decided meanwhile, by somebody who knew more.
      if (E.isLeft(recorded) && recorded.left.error !== 'Rejected') return E.left('Unavailable');
      return E.right('UNKNOWN');
    }
    const { code } = answer.right;
    if (answer.right.answer === 'Declined') {
      const recorded = await handlePayment({ type: 'RecordDecline', paymentId, code, at }, correlationId)();
      return E.isLeft(recorded) ? E.left('Unavailable') : E.right('DECLINED');
    }
    const recorded = await handlePayment({ type: 'RecordApproval', paymentId, code, at }, correlationId)();
    if (E.isLeft(recorded)) return E.left('Unavailable');
    await handleOrder({ type: 'PayOrder', orderId, paymentId, at, late: false }, correlationId)();
    return E.right('PAID');
  };
