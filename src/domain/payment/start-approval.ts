import { either as E } from 'fp-ts';
import { type CommandFrom, type Decided } from '../decider.js';
import { type PaymentApprovalStarted, type PaymentEvent } from './events.js';
import { factOf } from './fact-of.js';
import { type Payment } from './payment.js';

export type StartApproval = CommandFrom<
  Pick<PaymentApprovalStarted, 'paymentId' | 'gatewayPaymentId' | 'holdUntil' | 'at'>,
  'StartApproval'
>;

/** Must be durable before the gateway is called: who finds it started asks the gateway instead of guessing. */
export const startApproval = (
  { gatewayPaymentId, holdUntil, at }: StartApproval,
  payment: Payment,
): Decided<PaymentEvent, 'PAYMENT_NOT_FOUND' | 'PAYMENT_DECLINED' | 'INVALID_PAYMENT_STATE'> => {
  if (payment.status === 'Unknown') return E.left('PAYMENT_NOT_FOUND');
  switch (payment.status) {
    case 'PENDING':
      return E.right([{ type: 'PaymentApprovalStarted', ...factOf(payment), gatewayPaymentId, holdUntil, at }]);
    case 'APPROVING':
    case 'PAID':
      return payment.gatewayPaymentId === gatewayPaymentId ? E.right([]) : E.left('INVALID_PAYMENT_STATE');
    case 'DECLINED':
      return E.left('PAYMENT_DECLINED');
    case 'REFUNDING':
    case 'REFUNDED':
      return E.left('INVALID_PAYMENT_STATE');
  }
};
