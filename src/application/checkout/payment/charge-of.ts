import { type KnownPayment } from '../../../domain/payment/payment.js';
import { type Charge } from '../../ports/payment-gateway.js';

/** What the gateway was, or is about to be, asked to charge for a payment. */
export const chargeOf = ({ prepared: { paymentId, orderId, amount }, gatewayPaymentId }: KnownPayment): Charge => ({
  paymentId,
  orderId,
  amount,
  gatewayPaymentId: gatewayPaymentId ?? '',
});
