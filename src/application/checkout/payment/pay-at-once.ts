import { either as E, type taskEither as TE } from 'fp-ts';
import { type ApprovePayment, type ApprovePaymentError } from './approve-payment.js';
import { isPlaced } from '../../../domain/order/order.js';
import { type LoadOrder, type LoadPayment } from '../aggregates/load-order.js';
import { type PaymentSeen } from './find-payment.js';
import { type PaymentToPrepare, type PreparePayment, type PreparePaymentError } from './prepare-payment.js';

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
  readonly prepare: PreparePayment;
  readonly approve: ApprovePayment;
}

export const payAtOnce = ({ loadOrder, loadPayment, prepare, approve }: PayAtOncePorts): PayAtOnce => {
  /** The payment of this order that was begun with this number; null when there is none. */
  const begun = async (request: PaymentAtOnce): Promise<E.Either<'EventStoreUnavailable', string | null>> => {
    const order = await loadOrder(request.orderId)();
    if (E.isLeft(order)) return order;
    const { state } = order.right;
    if (!isPlaced(state)) return E.right(null);
    const { placed, payments } = state;
    if (placed.userId !== request.userId || placed.total !== request.amount) return E.right(null);
    for (const paymentId of payments) {
      const payment = await loadPayment(paymentId)();
      if (E.isLeft(payment)) return payment;
      if (payment.right.status !== 'Unknown' && payment.right.gatewayPaymentId === request.gatewayPaymentId)
        return E.right(paymentId);
    }
    return E.right(null);
  };

  return (request) => async () => {
    const { gatewayPaymentId, correlationId } = request;
    const before = await begun(request);
    if (E.isLeft(before)) return E.left({ code: 'UNAVAILABLE' });
    if (before.right !== null) return approve({ paymentId: before.right, gatewayPaymentId, correlationId })();
    const prepared = await prepare(request)();
    if (E.isLeft(prepared)) return prepared;
    return approve({ paymentId: prepared.right.paymentId, gatewayPaymentId, correlationId })();
  };
};
