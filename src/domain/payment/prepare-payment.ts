import { either as E } from 'fp-ts';
import { type CommandFrom, type Decided } from '../decider.js';
import { type PaymentEvent, type PaymentPrepared } from './events.js';
import { type Payment } from './payment.js';

export type PreparePayment = CommandFrom<PaymentPrepared, 'PreparePayment'>;

/** Binds order, payer and amount; preparing the same again changes nothing. */
export const preparePayment = (
  { type: _, ...prepared }: PreparePayment,
  payment: Payment,
): Decided<PaymentEvent, 'PAYMENT_EXISTS'> => {
  if (payment.status === 'Unknown') return E.right([{ type: 'PaymentPrepared', ...prepared }]);
  const same = payment.prepared.orderId === prepared.orderId && payment.prepared.amount === prepared.amount;
  return same ? E.right([]) : E.left('PAYMENT_EXISTS');
};
