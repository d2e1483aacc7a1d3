import { either as E, type taskEither as TE } from 'fp-ts';
import { type ApprovePayment, type ApprovePaymentError } from './approve-payment.js';
import { isPlaced, type Order } from '../../../domain/order/order.js';
import { type LoadOrder, type LoadPayment } from '../aggregates/load-order.js';
import { type PaymentSeen } from './find-payment.js';
import { type BindPayment, type PaymentToPrepare, type PreparePaymentError } from './prepare-payment.js';

export interface PaymentAtOnce extends PaymentToPrepare {
  readonly gatewayPaymentId: string;
}

/** Prepare and approve in one. Repeated, it answers what that payment, of that number, comes to now. */
export type PayAtOnce = (
  request: PaymentAtOnce,
) => TE.TaskEither<PreparePaymentError | ApprovePaymentError, PaymentSeen>;

export interface PayAtOncePorts {
  readonly loadOrder: LoadOrder;
  readonly loadPayment: LoadPayment;
  readonly bind: BindPayment;
  readonly approve: ApprovePayment;
}

export const payAtOnce = ({ loadOrder, loadPayment, bind, approve }: PayAtOncePorts): PayAtOnce => {
  /** The payment of this order that was begun with this number; null when there is none. */
  const begun = async (
    state: Order,
    request: PaymentAtOnce,
  ): Promise<E.Either<'EventStoreUnavailable', string | null>> => {
    if (!isPlaced(state)) return E.right(null);
    const { placed, payments } = state;
    if (placed.userId !== request.userId || placed.total !== request.amount) return E.right(null);
    for (const paymentId of payments) {
      const payment = await loadPayment(paymentId)();
      if (E.isLeft(payment)) return payment;
      const { state: paid } = payment.right;
      if (paid.status !== 'Unknown' && paid.gatewayPaymentId === request.gatewayPaymentId) return E.right(paymentId);
    }
    return E.right(null);
  };

  return (request) => async () => {
    const { gatewayPaymentId, correlationId } = request;
    const order = await loadOrder(request.orderId)();
    if (E.isLeft(order)) return E.left({ code: 'UNAVAILABLE' });
    const before = await begun(order.right.state, request);
    if (E.isLeft(before)) return E.left({ code: 'UNAVAILABLE' });
    if (before.right !== null) return approve({ paymentId: before.right, gatewayPaymentId, correlationId })();
    const bound = await bind(request, order.right)();
    if (E.isLeft(bound)) return bound;
    const { prepared, known } = bound.right;
    return approve({ paymentId: prepared.paymentId, gatewayPaymentId, correlationId }, known)();
  };
};
