import { either as E } from 'fp-ts';
import { type CommandFrom, type Decided } from '../decider.js';
import { type PaymentEvent, type PaymentRefundRequested } from './events.js';
import { factOf } from './fact-of.js';
import { type Payment } from './payment.js';

export type RequestRefund = CommandFrom<Pick<PaymentRefundRequested, 'paymentId' | 'reason' | 'at'>, 'RequestRefund'>;

/** Only what was charged is refunded, once. */
export const requestRefund = (
  { reason, at }: RequestRefund,
  payment: Payment,
): Decided<PaymentEvent, 'PAYMENT_NOT_FOUND'> => {
  if (payment.status === 'Unknown') return E.left('PAYMENT_NOT_FOUND');
  if (payment.status !== 'PAID') return E.right([]);
  return E.right([{ type: 'PaymentRefundRequested', ...factOf(payment), reason, at }]);
};
