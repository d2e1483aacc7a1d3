import { type PaymentCommand, paymentDecider } from '../../domain/payment/decider.js';
import { type PaymentEvent } from '../../domain/payment/events.js';
import { type Payment } from '../../domain/payment/payment.js';
import { type Aggregate } from '../handling/aggregate.js';
import { commandHandler, type CommandHandlerPorts } from '../handling/command-handler.js';
import { eventsOf } from '../handling/events-of.js';

export const PAYMENT_STREAMS = 'payment-';
export const paymentStream = (paymentId: string): string => `${PAYMENT_STREAMS}${paymentId}`;

export const isPaymentEvent = eventsOf<PaymentEvent>({
  PaymentPrepared: true,
  PaymentApprovalStarted: true,
  PaymentAttempted: true,
  PaymentCompleted: true,
  PaymentDeclined: true,
  PaymentRefundRequested: true,
  PaymentRefunded: true,
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
