import { z } from 'zod';
import { type DeliveryCommand, deliveryDecider } from '../../../domain/delivery/decider.js';
import { type DeliveryEvent } from '../../../domain/delivery/events.js';
import { eventSchemas } from '../../kernel/events/event-schemas.js';
import { aggregateOf } from '../../kernel/writer/aggregate.js';
import { commandHandler, type CommandHandlerPorts } from '../../kernel/writer/command-handler.js';
import { deliveryCreated1 } from './old-events/delivery-created-1.js';
import { shipping } from './terms.js';

export const DELIVERY_STREAMS = 'delivery-';
/** One delivery an order. */
export const deliveryStream = (orderId: string): string => `${DELIVERY_STREAMS}${orderId}`;

export const isDeliveryEvent = eventSchemas<DeliveryEvent>()({
  DeliveryCreated: [deliveryCreated1, z.object({ userId: z.string(), shipping, orderId: z.string(), at: z.number() })],
  DeliveryShipped: z.object({ orderId: z.string(), at: z.number() }),
  DeliveryCompleted: z.object({ orderId: z.string(), at: z.number() }),
  DeliveryCancelled: z.object({ orderId: z.string(), at: z.number() }),
});

export const deliveryAggregate = aggregateOf(deliveryDecider, isDeliveryEvent);

/** Carries out what is asked of an order's delivery. */
export const handleDelivery = (ports: CommandHandlerPorts) =>
  commandHandler(ports)(deliveryDecider, deliveryAggregate, ({ orderId }: DeliveryCommand) => deliveryStream(orderId));
export type HandleDelivery = ReturnType<typeof handleDelivery>;
