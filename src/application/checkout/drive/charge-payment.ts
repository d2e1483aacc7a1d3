import { function as F, taskEither as TE } from 'fp-ts';
import { type KnownPayment } from '../../../domain/payment/payment.js';
import {
  type Charge,
  type GatewayAnswer,
  type GatewayError,
  type PaymentGateway,
} from '../../ports/payment-gateway.js';

/** What the gateway was asked, or will be asked, to charge for a payment. */
export const chargeOf = ({ prepared: { paymentId, orderId, amount }, gatewayPaymentId }: KnownPayment): Charge => ({
  paymentId,
  orderId,
  amount,
  gatewayPaymentId: gatewayPaymentId ?? '',
});

/**
 * Has the gateway charge. If that was begun before, it is asked first, and called once more only where it has not charged: a repeated
 * call is answered as the first one was, also where the money was given back since.
 */
export const chargePayment =
  ({ approve, inquire }: Pick<PaymentGateway, 'approve' | 'inquire'>) =>
  (payment: KnownPayment): TE.TaskEither<GatewayError, GatewayAnswer> => {
    const charge = chargeOf(payment);
    if (charge.amount === 0) return TE.right({ answer: 'Approved', code: 'NOTHING_TO_PAY' });
    if (payment.status === 'PENDING') return approve(charge);
    return F.pipe(
      inquire(charge),
      TE.flatMap((told): TE.TaskEither<GatewayError, GatewayAnswer> =>
        told.answer === 'NotCharged' ? approve(charge) : TE.right(told),
      ),
    );
  };
