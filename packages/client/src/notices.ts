import { type Problem, type Unanswered } from './answer.js';

interface OfOrder {
  readonly orderId: string;
  readonly userId: string;
}
interface OfPayment extends OfOrder {
  readonly paymentId: string;
  readonly amount: number;
}
interface OfCoupon {
  readonly couponId: string;
  readonly requestId: string;
  readonly userId: string;
}
interface OfToken {
  readonly scheduleId: string;
  readonly tokenId: string;
  readonly userId: string;
}

/** What a user is told, by its kind. Times are ISO-8601. */
export interface Notices {
  readonly 'coupon-issued': OfCoupon & {
    readonly status: 'SUCCESS';
    readonly place: number;
    readonly processedAt: string;
  };
  readonly 'coupon-rejected': OfCoupon & {
    readonly status: 'ALREADY_ISSUED' | 'OUT_OF_STOCK' | 'FAILED';
    readonly code: string;
    readonly processedAt: string;
  };
  readonly 'coupon-rejection-withdrawn': OfCoupon & { readonly withdrawnAt: string };
  readonly 'token-activated': OfToken & {
    readonly status: 'ACTIVE';
    readonly claimBy: string;
    readonly expiresAt: string;
  };
  readonly 'token-expired': OfToken & {
    readonly status: 'EXPIRED';
    readonly reason: string;
    readonly expiredAt: string;
  };
  readonly 'order-completed': OfOrder & { readonly status: 'CONFIRMED'; readonly completedAt: string };
  readonly 'order-cancelled': OfOrder & {
    readonly status: 'CANCELLED';
    readonly reason: string;
    readonly cancelledAt: string;
  };
  readonly 'order-expired': OfOrder & { readonly status: 'EXPIRED'; readonly expiredAt: string };
  readonly 'order-failed': OfOrder & {
    readonly status: 'FAILED';
    readonly reason: string;
    readonly failedAt: string;
  };
  readonly 'payment-completed': OfPayment & { readonly status: 'PAID'; readonly paidAt: string };
  readonly 'payment-refunded': OfPayment & { readonly status: 'REFUNDED'; readonly refundedAt: string };
  readonly 'event-open': {
    readonly eventId: string;
    readonly name: string;
    readonly opensAt: string;
    readonly openedAt: string;
  };
  readonly 'event-cancelled': {
    readonly eventId: string;
    readonly name?: string;
    readonly status: 'CANCELLED';
    readonly cancelledAt: string;
  };
  /** The stream is open. */
  readonly connected: { readonly userId: string };
  /** More was missed than is told one by one: ask for the state anew. */
  readonly resync: { readonly userId: string };
}

export type NoticeKind = keyof Notices;

export type Notice =
  | { readonly [K in NoticeKind]: { readonly kind: K; readonly id: string; readonly data: Notices[K] } }[NoticeKind]
  /** The connection is gone; it is coming back by itself. */
  | { readonly kind: 'lost'; readonly problem: Problem | Unanswered }
  /** The last one: the server does not let this caller listen. */
  | { readonly kind: 'refused'; readonly problem: Problem | Unanswered };
