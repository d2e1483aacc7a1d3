import { z } from 'zod';
import {
  gatewayPaymentDecider,
  type ClaimGatewayPayment,
  type GatewayPaymentEvent,
} from '../../../domain/gateway-payment/claim-gateway-payment.js';
import { aggregateOf } from '../../kernel/writer/aggregate.js';
import { commandHandler, type CommandHandlerPorts } from '../../kernel/writer/command-handler.js';
import { eventSchemas } from '../../kernel/events/event-schemas.js';

/** A stream for each number of the gateway's, so that of all who name it at once one is the first. */
export const GATEWAY_PAYMENT_STREAMS = 'gatewayPayment-';
const gatewayPaymentStream = (gatewayPaymentId: string): string => `${GATEWAY_PAYMENT_STREAMS}${gatewayPaymentId}`;
export const isGatewayPaymentEvent = eventSchemas<GatewayPaymentEvent>()({
  GatewayPaymentClaimed: z.object({
    gatewayPaymentId: z.string(),
    paymentId: z.string(),
    orderId: z.string(),
    at: z.number(),
  }),
});

export const gatewayPaymentAggregate = aggregateOf(gatewayPaymentDecider, isGatewayPaymentEvent);

/** Claims a number of the gateway's for a payment. */
export const handleGatewayPayment = (ports: CommandHandlerPorts) =>
  commandHandler(ports)(gatewayPaymentDecider, gatewayPaymentAggregate, ({ gatewayPaymentId }: ClaimGatewayPayment) =>
    gatewayPaymentStream(gatewayPaymentId),
  );
export type HandleGatewayPayment = ReturnType<typeof handleGatewayPayment>;
