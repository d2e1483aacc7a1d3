import { either as E } from 'fp-ts';
import { type ApprovePayment, type ApprovePaymentPorts } from './approve-payment.js';

export type HearGatewayPorts = Pick<ApprovePaymentPorts, 'loadPayment' | 'find' | 'gateway'> & {
  readonly approve: ApprovePayment;
};

/**
 * Anybody may claim that the gateway has news of a payment. So the gateway is asked, and a payment that nobody has begun to pay
 * is started only with a charge that the gateway confirms: an invented number neither declines the payment nor gets in
 * the way of its payer. Answers the payment as it is then.
 */
export const hearGateway =
  ({ loadPayment, find, gateway, approve }: HearGatewayPorts): ApprovePayment =>
  (request) =>
  async () => {
    const { paymentId, gatewayPaymentId } = request;
    const found = await loadPayment(paymentId)();
    if (E.isLeft(found)) return E.left({ code: 'UNAVAILABLE' });
    const { state } = found.right;
    if (state.status !== 'PENDING') return approve(request)();
    const { orderId, amount } = state.prepared;
    const told = await gateway.inquire({ paymentId, orderId, gatewayPaymentId, amount })();
    // Nothing was begun by asking.
    if (E.isLeft(told)) return E.left({ code: 'UNAVAILABLE' });
    return told.right.answer === 'Approved' ? approve(request)() : find(paymentId, { waitMs: 0 })();
  };
