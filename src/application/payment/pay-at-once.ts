import { function as F, taskEither as TE } from 'fp-ts';
import { type ApprovedPayment, type ApprovePayment, type ApprovePaymentError } from './approve-payment.js';
import { type PaymentToPrepare, type PreparePayment, type PreparePaymentError } from './prepare-payment.js';

/** Prepare and approve in one. Repeated, it goes on with the payment prepared before. */
export type PayAtOnce = (
  request: PaymentToPrepare & { readonly gatewayPaymentId: string },
) => TE.TaskEither<PreparePaymentError | ApprovePaymentError, ApprovedPayment>;

export const payAtOnce =
  (prepare: PreparePayment, approve: ApprovePayment): PayAtOnce =>
  ({ gatewayPaymentId, ...request }) =>
    F.pipe(
      prepare(request),
      TE.flatMap(({ paymentId }) => approve({ paymentId, gatewayPaymentId, correlationId: request.correlationId })),
    );
