import { type Payment } from '../payment/payment.js';
import { type PlacedOrder, policyOf } from './order.js';

export type PaymentConsequence =
  /** The gateway has not charged, or has given it back, or the order stands as it should. */
  | 'NOTHING'
  | 'PAY_ORDER'
  /** The hold has run out: whether it is paid depends on whether everything can be had once more. */
  | 'TRY_AGAIN'
  /** It will not pay this order: say so there first, then give it back. */
  | 'REFUSE'
  | 'FAIL_ORDER';

const isLast = (order: PlacedOrder, paymentId: string): boolean => order.payments.last() === paymentId;

/**
 * The whole matrix of what the order is and what the payment is. Charged money either pays the order or is given back.
 * `declinesAllowed`: the order fails after this many declined payments; until then it can be paid in another way.
 */
export const settlePayment = (order: PlacedOrder, payment: Payment, declinesAllowed: number): PaymentConsequence => {
  if (payment.status === 'Unknown') return 'NOTHING';
  const { paymentId } = payment.prepared;
  const unpaid = order.status === 'CREATED' || order.status === 'PENDING_PAYMENT';
  if (payment.status === 'DECLINED')
    return unpaid && isLast(order, paymentId) && order.payments.size >= declinesAllowed ? 'FAIL_ORDER' : 'NOTHING';
  if (payment.status !== 'PAID') return 'NOTHING';
  if (order.refused.has(paymentId)) return 'REFUSE';
  switch (order.status) {
    case 'CREATED':
    case 'PENDING_PAYMENT':
      return 'PAY_ORDER';
    case 'EXPIRED':
      return policyOf(order).latePayment === 'REACQUIRE' ? 'TRY_AGAIN' : 'REFUSE';
    case 'PAID':
    case 'CONFIRMED':
    case 'SHIPPED':
    case 'DELIVERED':
      return order.paymentId === paymentId ? 'NOTHING' : 'REFUSE';
    case 'CANCELLED':
    case 'FAILED':
      return 'REFUSE';
  }
};
