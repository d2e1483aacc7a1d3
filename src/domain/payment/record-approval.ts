import { either as E } from 'fp-ts';
import { type CommandFrom, type Decided } from '../decider.js';
import { type PaymentAttempted, type PaymentEvent } from './events.js';
import { factOf } from './fact-of.js';
import { type Payment } from './payment.js';

export type RecordApproval = CommandFrom<Pick<PaymentAttempted, 'paymentId' | 'code' | 'at'>, 'RecordApproval'>;

/**
 * The gateway has charged. Told twice, recorded once. Nobody counts on a payment that was declined: what the gateway has charged for it
 * all the same is given back.
 */
export const recordApproval = (
  { code, at }: RecordApproval,
  payment: Payment,
): Decided<PaymentEvent, 'PAYMENT_NOT_FOUND' | 'INVALID_PAYMENT_STATE'> => {
  if (payment.status === 'Unknown') return E.left('PAYMENT_NOT_FOUND');
  if (payment.status === 'PAID' || payment.status === 'REFUNDING' || payment.status === 'REFUNDED') return E.right([]);
  if (payment.status === 'PENDING' || payment.gatewayPaymentId === null) return E.left('INVALID_PAYMENT_STATE');
  const fact = { ...factOf(payment), at };
  const attempted = { type: 'PaymentAttempted', ...fact, outcome: 'APPROVED', code } as const;
  if (payment.status === 'DECLINED')
    return E.right([attempted, { type: 'PaymentRefundRequested', ...fact, reason: 'DECLINED_BEFORE' }]);
  return E.right([attempted, { type: 'PaymentCompleted', ...fact, gatewayPaymentId: payment.gatewayPaymentId }]);
};
