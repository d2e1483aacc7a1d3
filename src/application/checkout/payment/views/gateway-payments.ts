import { z } from 'zod';
import { type View } from '../../../kernel/projection/view.js';
import { isPaymentEvent, PAYMENT_STREAMS } from '../../aggregates/payment-aggregate.js';

const gatewayPayment = z.object({
  gatewayPaymentId: z.string(),
  /** Every payment that was started with it, the first one first: more than one is a fault. */
  payments: z.array(z.object({ paymentId: z.string(), orderId: z.string() })),
});

export type GatewayPaymentDocument = z.infer<typeof gatewayPayment>;

/** By the gateway's number; index `used-twice` under `all`: what more than one payment was started with. */
export const gatewayPaymentsView: View<GatewayPaymentDocument> = {
  name: 'gateway-payments',
  version: 1,
  schema: gatewayPayment,
  streamPrefixes: [PAYMENT_STREAMS],
  documentIds: ({ event }) =>
    isPaymentEvent(event) && event.type === 'PaymentApprovalStarted' ? [event.gatewayPaymentId] : [],
  fold: (known, { event }) => {
    if (!isPaymentEvent(event) || event.type !== 'PaymentApprovalStarted') return known;
    const { gatewayPaymentId, paymentId, orderId } = event;
    const payments = known?.payments ?? [];
    if (payments.some((other) => other.paymentId === paymentId)) return known;
    return { gatewayPaymentId, payments: [...payments, { paymentId, orderId }] };
  },
  entries: ({ payments }) => (payments.length > 1 ? [{ index: 'used-twice', key: 'all', sort: 0 }] : []),
};
