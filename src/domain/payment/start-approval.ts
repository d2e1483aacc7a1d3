import { either as E } from 'fp-ts';
import { type Instant } from '../time.js';
import { type PaymentEvent } from './events.js';
import { factOf } from './fact-of.js';
import { type Payment } from './payment.js';

export interface StartApproval {
  readonly type: 'StartApproval';
  readonly paymentId: string;
  readonly gatewayPaymentId: string;
  readonly holdUntil: Instant;
  readonly at: Instant;
}

export type StartApprovalRejection = 'PAYMENT_NOT_FOUND' | 'PAYMENT_DECLINED' | 'INVALID_PAYMENT_STATE';

/** Must be durable before the gateway is called: who finds it started asks the gateway instead of guessing. */
export const startApproval = (
  { gatewayPaymentId, holdUntil, at }: StartApproval,
  payment: Payment,
): E.Either<StartApprovalRejection, ReadonlyArray<PaymentEvent>> => {
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
