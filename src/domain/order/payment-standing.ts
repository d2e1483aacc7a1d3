import { type KnownPayment } from '../payment/payment.js';
import { type OrderStatus } from './order.js';

/**
 * What a payment comes to, as its payer may rely on it. PENDING: not decided yet. PAID: it pays the order. CANCELLED: it was
 * never charged, and will not be, for the order is over or paid otherwise.
 */
export type PaymentStanding = 'PENDING' | 'PAID' | 'DECLINED' | 'CANCELLED' | 'REFUNDING' | 'REFUNDED';

export interface OrderOfPayment {
  readonly status: OrderStatus;
  /** The payment it is, or is to be, paid by. */
  readonly paymentId: string | null;
}

export interface PaymentOfOrder {
  readonly paymentId: string;
  readonly status: KnownPayment['status'];
  /** The order has said that this payment will not pay it. */
  readonly isRefused: boolean;
}

/** A charge is PAID only if it pays the order. If it does not, it is REFUNDING, even before anybody has begun the refund. */
const charged = (order: OrderOfPayment, { paymentId, isRefused }: PaymentOfOrder): PaymentStanding => {
  if (isRefused) return 'REFUNDING';
  switch (order.status) {
    case 'CREATED':
    case 'PENDING_PAYMENT':
    case 'EXPIRED':
      return 'PENDING';
    case 'PAID':
    case 'CONFIRMED':
    case 'SHIPPED':
    case 'DELIVERED':
      return order.paymentId === paymentId ? 'PAID' : 'REFUNDING';
    case 'CANCELLED':
    case 'FAILED':
      return 'REFUNDING';
  }
};

export const paymentStanding = (order: OrderOfPayment, payment: PaymentOfOrder): PaymentStanding => {
  switch (payment.status) {
    case 'PENDING':
      return order.status === 'CREATED' || order.status === 'PENDING_PAYMENT' ? 'PENDING' : 'CANCELLED';
    case 'APPROVING':
      return 'PENDING';
    case 'PAID':
      return charged(order, payment);
    case 'DECLINED':
    case 'REFUNDING':
    case 'REFUNDED':
      return payment.status;
  }
};
