import { either as E } from 'fp-ts';
import { type Instant } from '../time.js';
import { type PaymentEvent } from './events.js';
import { type Payment } from './payment.js';

export interface PreparePayment {
  readonly type: 'PreparePayment';
  readonly paymentId: string;
  readonly orderId: string;
  readonly userId: string;
  readonly amount: number;
  readonly at: Instant;
}

export type PrepareRejection = 'PAYMENT_EXISTS';

/** Binds order, payer and amount; preparing the same again changes nothing. */
export const preparePayment = (
  { type: _, ...prepared }: PreparePayment,
  payment: Payment,
): E.Either<PrepareRejection, ReadonlyArray<PaymentEvent>> => {
  if (payment.status === 'Unknown') return E.right([{ type: 'PaymentPrepared', ...prepared }]);
  const same = payment.prepared.orderId === prepared.orderId && payment.prepared.amount === prepared.amount;
  return same ? E.right([]) : E.left('PAYMENT_EXISTS');
};
