import { either as E } from 'fp-ts';
import { type CommandFrom, type Decided } from '../decider.js';
import { type PaymentEvent, type PaymentRefunded } from './events.js';
import { factOf } from './fact-of.js';
import { type Payment } from './payment.js';

export type RecordRefund = CommandFrom<Pick<PaymentRefunded, 'paymentId' | 'at'>, 'RecordRefund'>;

/** The gateway has given the money back. */
export const recordRefund = (
  { at }: RecordRefund,
  payment: Payment,
): Decided<PaymentEvent, 'PAYMENT_NOT_FOUND' | 'INVALID_PAYMENT_STATE'> => {
  if (payment.status === 'Unknown') return E.left('PAYMENT_NOT_FOUND');
  if (payment.status === 'REFUNDED') return E.right([]);
  if (payment.status !== 'REFUNDING') return E.left('INVALID_PAYMENT_STATE');
  return E.right([{ type: 'PaymentRefunded', ...factOf(payment), at }]);
};
