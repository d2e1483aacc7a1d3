import { type PaymentCommand, paymentDecider } from '../../../domain/payment/decider.js';
import { type PaymentEvent } from '../../../domain/payment/events.js';
import { type Payment } from '../../../domain/payment/payment.js';
import { type Aggregate } from '../../kernel/writer/aggregate.js';
import { commandHandler, type CommandHandlerPorts } from '../../kernel/writer/command-handler.js';
import { shapedEvents } from '../../kernel/writer/shaped-events.js';

export const PAYMENT_STREAMS = 'payment-';
export const paymentStream = (paymentId: string): string => `${PAYMENT_STREAMS}${paymentId}`;

export const isPaymentEvent = shapedEvents<PaymentEvent>({
  PaymentPrepared: { paymentId: 'string', orderId: 'string', userId: 'string', amount: 'number', at: 'number' },
  PaymentApprovalStarted: {
    gatewayPaymentId: 'string',
    holdUntil: 'number',
    paymentId: 'string',
    orderId: 'string',
    userId: 'string',
    amount: 'number',
    at: 'number',
  },
  PaymentAttempted: {
    outcome: 'string',
    code: 'string',
    paymentId: 'string',
    orderId: 'string',
    userId: 'string',
    amount: 'number',
    at: 'number',
  },
  PaymentCompleted: {
    gatewayPaymentId: 'string',
    paymentId: 'string',
    orderId: 'string',
    userId: 'string',
    amount: 'number',
    at: 'number',
  },
  PaymentDeclined: {
    code: 'string',
    paymentId: 'string',
    orderId: 'string',
    userId: 'string',
    amount: 'number',
    at: 'number',
  },
  PaymentRefundRequested: {
    reason: 'string',
    paymentId: 'string',
    orderId: 'string',
    userId: 'string',
    amount: 'number',
    at: 'number',
  },
  PaymentRefunded: { paymentId: 'string', orderId: 'string', userId: 'string', amount: 'number', at: 'number' },
});

export const paymentAggregate: Aggregate<Payment, PaymentEvent> = {
  initial: paymentDecider.initial,
  evolve: paymentDecider.evolve,
  isEvent: isPaymentEvent,
  snapshots: null,
};

/** Carries out what is asked of a payment. The gateway is not asked here. */
export const handlePayment = (ports: CommandHandlerPorts) =>
  commandHandler(ports)(paymentDecider, paymentAggregate, ({ paymentId }: PaymentCommand) => paymentStream(paymentId));
export type HandlePayment = ReturnType<typeof handlePayment>;
