import { z } from 'zod';
import { type PaymentEvent } from '../../../domain/payment/events.js';
import { PAYMENT_EVENTS } from '../../kernel/messaging/topics.js';
import { integrationMessage, type IntegrationEvent } from './integration-event.js';

const payment = { paymentId: z.string(), orderId: z.string(), userId: z.string(), amount: z.int() };

export const paymentMessages = {
  completed: integrationMessage(PAYMENT_EVENTS, 'PAYMENT_COMPLETED', payment),
  declined: integrationMessage(PAYMENT_EVENTS, 'PAYMENT_DECLINED', { ...payment, code: z.string() }),
  refunded: integrationMessage(PAYMENT_EVENTS, 'PAYMENT_REFUNDED', payment),
};

/** Only how a payment ended: its attempts are our own affair. */
export const paymentIntegration = (event: PaymentEvent): IntegrationEvent | null => {
  switch (event.type) {
    case 'PaymentCompleted':
      return paymentMessages.completed.of(event.paymentId, event);
    case 'PaymentDeclined':
      return paymentMessages.declined.of(event.paymentId, event);
    case 'PaymentRefunded':
      return paymentMessages.refunded.of(event.paymentId, event);
    case 'PaymentPrepared':
    case 'PaymentApprovalStarted':
    case 'PaymentAttempted':
    case 'PaymentRefundRequested':
      return null;
  }
};
