import { either as E } from 'fp-ts';
import { type CommandFrom, type Decided } from '../decider.js';
import { type PaymentAttempted, type PaymentEvent } from './events.js';
import { factOf } from './fact-of.js';
import { type Payment } from './payment.js';

export type RecordUnknown = CommandFrom<Pick<PaymentAttempted, 'paymentId' | 'code' | 'at'>, 'RecordUnknown'>;

/**
 * The gateway did not answer: it may have charged. The payment stays as it is until the gateway has been asked. Recorded once, however
 * often its payer tries again: since when it is not known stays visible.
 */
export const recordUnknown = (
  { code, at }: RecordUnknown,
  payment: Payment,
): Decided<PaymentEvent, 'PAYMENT_NOT_FOUND' | 'INVALID_PAYMENT_STATE'> => {
  if (payment.status === 'Unknown') return E.left('PAYMENT_NOT_FOUND');
  if (payment.status !== 'APPROVING') return E.left('INVALID_PAYMENT_STATE');
  if (payment.attempts > 0) return E.right([]);
  return E.right([{ type: 'PaymentAttempted', ...factOf(payment), outcome: 'UNKNOWN', code, at }]);
};
