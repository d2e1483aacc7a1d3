import { either as E, type taskEither as TE } from 'fp-ts';
import { type PlacedOrder } from '../../domain/order/order.js';
import { type KnownPayment } from '../../domain/payment/payment.js';
import { type GatewayAnswer, type GatewayError, type PaymentGateway } from '../ports/payment-gateway.js';
import { type Books } from './books.js';
import { recordAnswer, type RecordAnswerPorts } from './record-answer.js';
import { type SecureGoods } from './secure-goods.js';

export interface PaymentToApprove {
  readonly paymentId: string;
  readonly gatewayPaymentId: string;
  readonly correlationId: string;
}

export interface ApprovedPayment {
  readonly paymentId: string;
  readonly orderId: string;
  readonly amount: number;
  /** PENDING: the gateway's answer is not known yet; it is asked until it is. */
  readonly status: 'PAID' | 'PENDING' | 'REFUNDING' | 'REFUNDED';
}

export type ApprovePaymentError =
  | { readonly code: 'PAYMENT_NOT_FOUND' | 'PAYMENT_DECLINED' | 'UNAVAILABLE' }
  /** The order is over or paid otherwise, its hold has run out, or this payment is under way with another number. */
  | { readonly code: 'NOT_PAYABLE'; readonly orderStatus: string };

/** Has the gateway charge. Repeating it is harmless: it charges once. */
export type ApprovePayment = (request: PaymentToApprove) => TE.TaskEither<ApprovePaymentError, ApprovedPayment>;

export interface ApprovePaymentPorts extends RecordAnswerPorts {
  readonly books: Books;
  readonly gateway: PaymentGateway;
  readonly secureGoods: SecureGoods;
  /** How much longer, from now, the goods wait for a payment under way. Milliseconds. */
  readonly payingMs: number;
}

type Failed = E.Either<ApprovePaymentError, never>;
const unavailable: Failed = E.left({ code: 'UNAVAILABLE' });
const notPayable = (orderStatus: string): Failed => E.left({ code: 'NOT_PAYABLE', orderStatus });

const isPayableBy = (order: PlacedOrder, paymentId: string): boolean =>
  order.status === 'PENDING_PAYMENT' && order.paymentId === paymentId;

const seen = ({ prepared: { paymentId, orderId, amount } }: KnownPayment, status: ApprovedPayment['status']) =>
  E.right({ paymentId, orderId, amount, status });

/**
 * Verify once more; make the goods wait; write down that it is under way, durably, for from then on the gateway may have
 * charged and is asked by whoever comes; only then call it. So of a payment under way nobody but the gateway says that it
 * is declined. An answer that does not come leaves it under way, for the resolver to ask.
 */
export const approvePayment = (ports: ApprovePaymentPorts): ApprovePayment => {
  const { books, handlePayment, gateway, secureGoods, clock, payingMs } = ports;
  const record = recordAnswer(ports);

  const charge = (payment: KnownPayment, gatewayPaymentId: string): TE.TaskEither<GatewayError, GatewayAnswer> => {
    const { paymentId, orderId, amount } = payment.prepared;
    if (amount === 0) return async () => E.right({ answer: 'Approved', code: 'NOTHING_TO_PAY' });
    return gateway.approve({ paymentId, orderId, gatewayPaymentId, amount });
  };

  const orderOf = async (orderId: string): Promise<E.Either<ApprovePaymentError, PlacedOrder>> => {
    const found = await books.order(orderId)();
    if (E.isLeft(found)) return unavailable;
    return found.right.status === 'Unknown' ? notPayable(found.right.status) : E.right(found.right);
  };

  return ({ paymentId, gatewayPaymentId, correlationId }) =>
    async () => {
      const found = await books.payment(paymentId)();
      if (E.isLeft(found)) return unavailable;
      const payment = found.right;
      if (payment.status === 'Unknown') return E.left({ code: 'PAYMENT_NOT_FOUND' });
      if (payment.status === 'DECLINED') return E.left({ code: 'PAYMENT_DECLINED' });
      if (payment.status === 'PAID' || payment.status === 'REFUNDING' || payment.status === 'REFUNDED')
        return seen(payment, payment.status);

      const { orderId } = payment.prepared;
      const ordered = await orderOf(orderId);
      if (E.isLeft(ordered)) return ordered;
      const order = ordered.right;
      const now = clock.now();
      const holdUntil = Math.max(order.placed.holdExpiresAt, now + payingMs);
      if (payment.status === 'PENDING') {
        if (!isPayableBy(order, paymentId) || now >= order.placed.holdExpiresAt) return notPayable(order.status);
        const secured = await secureGoods(order.placed, holdUntil, correlationId)();
        if (E.isLeft(secured)) return unavailable;
        if (secured.right === 'Gone') return E.left({ code: 'PAYMENT_DECLINED' });
        // That may have taken a while, and the order may be over.
        const still = await orderOf(orderId);
        if (E.isLeft(still)) return still;
        if (!isPayableBy(still.right, paymentId)) return notPayable(still.right.status);
      }
      const start = { type: 'StartApproval', paymentId, gatewayPaymentId, holdUntil, at: clock.now() } as const;
      const started = await handlePayment(start, correlationId)();
      if (E.isLeft(started)) return started.left.error === 'Rejected' ? notPayable(order.status) : unavailable;

      const of = { paymentId, orderId };
      const recorded = await record(of, await charge(payment, gatewayPaymentId)(), correlationId)();
      if (E.isLeft(recorded)) return seen(payment, 'PENDING');
      switch (recorded.right) {
        case 'PAID':
          return seen(payment, 'PAID');
        case 'UNKNOWN':
          return seen(payment, 'PENDING');
        case 'DECLINED':
          return E.left({ code: 'PAYMENT_DECLINED' });
      }
    };
};
