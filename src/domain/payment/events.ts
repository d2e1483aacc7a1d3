import { type Instant } from '../time.js';

interface PaymentFact {
  readonly paymentId: string;
  readonly orderId: string;
  readonly userId: string;
  /** In the currency's smallest unit. */
  readonly amount: number;
  readonly at: Instant;
}

export type PaymentPrepared = PaymentFact & { readonly type: 'PaymentPrepared' };

/** From here on the gateway may have charged: nothing is undone before it has been asked. */
export interface PaymentApprovalStarted extends PaymentFact {
  readonly type: 'PaymentApprovalStarted';
  readonly gatewayPaymentId: string;
  /** The goods wait for the gateway's answer until then, not longer. */
  readonly holdUntil: Instant;
}

export interface PaymentAttempted extends PaymentFact {
  readonly type: 'PaymentAttempted';
  readonly outcome: 'APPROVED' | 'DECLINED' | 'UNKNOWN';
  readonly code: string;
}

export interface PaymentCompleted extends PaymentFact {
  readonly type: 'PaymentCompleted';
  readonly gatewayPaymentId: string;
}

export interface PaymentDeclined extends PaymentFact {
  readonly type: 'PaymentDeclined';
  readonly code: string;
}

export interface PaymentRefundRequested extends PaymentFact {
  readonly type: 'PaymentRefundRequested';
  readonly reason: string;
}

export type PaymentRefunded = PaymentFact & { readonly type: 'PaymentRefunded' };

export type PaymentEvent =
  | PaymentPrepared
  | PaymentApprovalStarted
  | PaymentAttempted
  | PaymentCompleted
  | PaymentDeclined
  | PaymentRefundRequested
  | PaymentRefunded;
