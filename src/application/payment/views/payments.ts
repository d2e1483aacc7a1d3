import { z } from 'zod';
import { type PaymentEvent } from '../../../domain/payment/events.js';
import { type View } from '../../projecting/view.js';
import { isPaymentEvent, PAYMENT_STREAMS } from '../payment-aggregate.js';

const paymentDocument = z.object({
  paymentId: z.string(),
  orderId: z.string(),
  userId: z.string(),
  amount: z.number(),
  status: z.enum(['PENDING', 'APPROVING', 'PAID', 'DECLINED', 'REFUNDING', 'REFUNDED']),
  gatewayPaymentId: z.string().nullable(),
  attempts: z.array(
    z.object({ outcome: z.enum(['APPROVED', 'DECLINED', 'UNKNOWN']), code: z.string(), at: z.number() }),
  ),
  preparedAt: z.number(),
});

/** A payment and every attempt at it. Times are epoch milliseconds. */
export type PaymentDocument = z.infer<typeof paymentDocument>;

const apply = (payment: PaymentDocument | null, event: PaymentEvent): PaymentDocument | null => {
  if (event.type === 'PaymentPrepared') {
    const { paymentId, orderId, userId, amount, at: preparedAt } = event;
    const fresh = { status: 'PENDING', gatewayPaymentId: null, attempts: [] } as const;
    return { paymentId, orderId, userId, amount, preparedAt, ...fresh, attempts: [] };
  }
  if (payment === null) return null;
  switch (event.type) {
    case 'PaymentApprovalStarted':
      return { ...payment, status: 'APPROVING', gatewayPaymentId: event.gatewayPaymentId };
    case 'PaymentAttempted': {
      const { outcome, code, at } = event;
      return { ...payment, attempts: [...payment.attempts, { outcome, code, at }] };
    }
    case 'PaymentCompleted':
      return { ...payment, status: 'PAID' };
    case 'PaymentDeclined':
      return { ...payment, status: 'DECLINED' };
    case 'PaymentRefundRequested':
      return { ...payment, status: 'REFUNDING' };
    case 'PaymentRefunded':
      return { ...payment, status: 'REFUNDED' };
  }
};

/** By paymentId; index `by-order` in the order in which they were prepared. */
export const paymentsView: View<PaymentDocument> = {
  name: 'payments',
  version: 1,
  schema: paymentDocument,
  streamPrefixes: [PAYMENT_STREAMS],
  documentIds: ({ event }) => (isPaymentEvent(event) ? [event.paymentId] : []),
  creates: ({ event }) => event.type === 'PaymentPrepared',
  fold: (payment, { event }) => (isPaymentEvent(event) ? apply(payment, event) : payment),
  entries: ({ orderId, preparedAt }) => [{ index: 'by-order', key: orderId, sort: preparedAt }],
};
