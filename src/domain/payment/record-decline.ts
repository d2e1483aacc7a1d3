import { either as E } from 'fp-ts';
import { type CommandFrom, type Decided } from '../decider.js';
import { type PaymentDeclined, type PaymentEvent } from './events.js';
import { factOf } from './fact-of.js';
import { type Payment } from './payment.js';

export type RecordDecline = CommandFrom<Pick<PaymentDeclined, 'paymentId' | 'code' | 'at'>, 'RecordDecline'>;

/** The gateway has said no, and will not charge. */
export const recordDecline = (
  { code, at }: RecordDecline,
  payment: Payment,
): Decided<PaymentEvent, 'PAYMENT_NOT_FOUND' | 'INVALID_PAYMENT_STATE'> => {
  if (payment.status === 'Unknown') return E.left('PAYMENT_NOT_FOUND');
  if (payment.status === 'DECLINED') return E.right([]);
  if (payment.status !== 'APPROVING') return E.left('INVALID_PAYMENT_STATE');
  const fact = { ...factOf(payment), at };
  return E.right([
    { type: 'PaymentAttempted', ...fact, outcome: 'DECLINED', code },
    { type: 'PaymentDeclined', ...fact, code },
  ]);
};
