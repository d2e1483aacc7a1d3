import { z } from 'zod';
import { type PaymentCommand, paymentDecider } from '../../../domain/payment/decider.js';
import { type PaymentEvent } from '../../../domain/payment/events.js';
import { aggregateOf } from '../../kernel/writer/aggregate.js';
import { commandHandler, type CommandHandlerPorts } from '../../kernel/writer/command-handler.js';
import { eventSchemas } from '../../kernel/events/event-schemas.js';

export const PAYMENT_STREAMS = 'payment-';
export const paymentStream = (paymentId: string): string => `${PAYMENT_STREAMS}${paymentId}`;

const fact = { paymentId: z.string(), orderId: z.string(), userId: z.string(), amount: z.number(), at: z.number() };

export const isPaymentEvent = eventSchemas<PaymentEvent>()({
  PaymentPrepared: z.object(fact),
  PaymentApprovalStarted: z.object({ gatewayPaymentId: z.string(), holdUntil: z.number(), ...fact }),
  PaymentAttempted: z.object({ outcome: z.enum(['APPROVED', 'DECLINED', 'UNKNOWN']), code: z.string(), ...fact }),
  PaymentCompleted: z.object({ gatewayPaymentId: z.string(), ...fact }),
  PaymentDeclined: z.object({ code: z.string(), ...fact }),
  PaymentRefundRequested: z.object({ reason: z.string(), ...fact }),
  PaymentRefunded: z.object(fact),
});

export const paymentAggregate = aggregateOf(paymentDecider, isPaymentEvent);

/** Carries out what is asked of a payment. The gateway is not asked here. */
export const handlePayment = (ports: CommandHandlerPorts) =>
  commandHandler(ports)(paymentDecider, paymentAggregate, ({ paymentId }: PaymentCommand) => paymentStream(paymentId));
export type HandlePayment = ReturnType<typeof handlePayment>;
