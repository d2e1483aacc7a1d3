import { paymentStanding, type PaymentStanding } from '../../../domain/order/payment-standing.js';
import { type OrderDocument } from './views/orders.js';

export interface PaymentOfOrderSeen {
  readonly paymentId: string;
  /** In the currency's smallest unit. */
  readonly amount: number;
  readonly status: PaymentStanding;
}

export interface RefundSeen {
  readonly paymentId: string;
  readonly amount: number;
  readonly status: 'REFUNDING' | 'REFUNDED';
  /** Epoch milliseconds; null while it is not given back. */
  readonly refundedAt: number | null;
}

/** An order as it is shown: with the payment that pays it, or is to, or was to last, and what is given back of it. */
export interface OrderSeen extends Omit<OrderDocument, 'payments' | 'eventIds' | 'position'> {
  readonly payment: PaymentOfOrderSeen | null;
  readonly refund: RefundSeen | null;
  /** Something of it is not decided yet: it is unpaid or on its way to be confirmed, or money is under way. */
  readonly isPending: boolean;
}

const UNDECIDED: ReadonlySet<OrderDocument['status']> = new Set(['CREATED', 'PENDING_PAYMENT', 'PAID']);

export const orderSeen = ({ payments, eventIds: _, position: __, ...order }: OrderDocument): OrderSeen => {
  const standing = payments.map((payment) => ({ ...payment, status: paymentStanding(order, payment) }));
  const payment = standing.find(({ paymentId }) => paymentId === order.paymentId) ?? standing.at(-1);
  const refunds = standing.flatMap(({ paymentId, amount, status, refundedAt }): ReadonlyArray<RefundSeen> =>
    status === 'REFUNDING' || status === 'REFUNDED' ? [{ paymentId, amount, status, refundedAt }] : [],
  );
  const isMoneyUnderWay = standing.some(({ status }) => status === 'PENDING' || status === 'REFUNDING');
  return {
    ...order,
    payment:
      payment === undefined ? null : { paymentId: payment.paymentId, amount: payment.amount, status: payment.status },
    refund: refunds.find(({ status }) => status === 'REFUNDING') ?? refunds.at(-1) ?? null,
    isPending: UNDECIDED.has(order.status) || isMoneyUnderWay,
  };
};
