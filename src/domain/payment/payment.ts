import { type Instant } from '../time.js';
import { type PaymentEvent, type PaymentPrepared } from './events.js';

export interface UnknownPayment {
  readonly status: 'Unknown';
}

export interface KnownPayment {
  /** APPROVING: the gateway has been or is about to be asked; its answer is not known. */
  readonly status: 'PENDING' | 'APPROVING' | 'PAID' | 'DECLINED' | 'REFUNDING' | 'REFUNDED';
  readonly prepared: PaymentPrepared;
  readonly gatewayPaymentId: string | null;
  readonly attempts: number;
  /** When the gateway was first asked; null before. */
  readonly startedAt: Instant | null;
  /** Until when the goods wait for an approval that was started; null before. */
  readonly holdUntil: Instant | null;
  /** When the gateway had given it back; null while it has not. */
  readonly refundedAt: Instant | null;
}

export type Payment = UnknownPayment | KnownPayment;

export const unknownPayment: UnknownPayment = { status: 'Unknown' };

export const evolve = (payment: Payment, event: PaymentEvent): Payment => {
  if (event.type === 'PaymentPrepared')
    return {
      status: 'PENDING',
      prepared: event,
      gatewayPaymentId: null,
      attempts: 0,
      startedAt: null,
      holdUntil: null,
      refundedAt: null,
    };
  if (payment.status === 'Unknown') return payment;
  switch (event.type) {
    case 'PaymentApprovalStarted':
      return {
        ...payment,
        status: 'APPROVING',
        gatewayPaymentId: event.gatewayPaymentId,
        startedAt: event.at,
        holdUntil: event.holdUntil,
      };
    case 'PaymentAttempted':
      return { ...payment, attempts: payment.attempts + 1 };
    case 'PaymentCompleted':
      return { ...payment, status: 'PAID' };
    case 'PaymentDeclined':
      return { ...payment, status: 'DECLINED' };
    case 'PaymentRefundRequested':
      return { ...payment, status: 'REFUNDING' };
    case 'PaymentRefunded':
      return { ...payment, status: 'REFUNDED', refundedAt: event.at };
  }
};
