import { z } from 'zod';
import { type OrderCommand, orderDecider } from '../../../domain/order/decider.js';
import { type OrderEvent } from '../../../domain/order/events.js';
import { startPlacing, type StartPlacing } from '../../../domain/order/start-placing.js';
import { eventSchemas } from '../../kernel/events/event-schemas.js';
import { aggregateOf } from '../../kernel/writer/aggregate.js';
import { commandHandler, type CommandHandlerPorts } from '../../kernel/writer/command-handler.js';
import { orderCreated1 } from './old-events/order-created-1.js';
import { salePolicy, shipping } from './terms.js';

export const ORDER_STREAMS = 'order-';
export const orderStream = (orderId: string): string => `${ORDER_STREAMS}${orderId}`;

const fact = { orderId: z.string(), userId: z.string(), at: z.number() };

const terms = {
  lines: z.array(z.object({ productId: z.string(), quantity: z.number(), unitPrice: z.number() })),
  shipping,
  couponId: z.string().nullable(),
  discount: z.number(),
  points: z.number(),
  total: z.number(),
  holdExpiresAt: z.number(),
  policy: salePolicy.pick({ latePayment: true, cancel: true }).exactOptional(),
  eventIds: z.array(z.string()).exactOptional(),
  ...fact,
};

export const isOrderEvent = eventSchemas<OrderEvent>()({
  OrderPlacingStarted: z.object({ ...terms, attempt: z.number() }),
  OrderNotPlaced: z.object({
    attempt: z.number(),
    refusals: z.array(
      z.object({
        of: z.enum(['GOODS', 'COUPON', 'POINTS', 'TIME']),
        productId: z.string().nullable(),
        code: z.string(),
      }),
    ),
    ...fact,
  }),
  OrderCreated: [orderCreated1, z.object(terms)],
  OrderPaymentPending: z.object({ paymentId: z.string(), ...fact }),
  OrderPaid: z.object({ paymentId: z.string().nullable(), amount: z.number().exactOptional(), ...fact }),
  OrderPaymentRefused: z.object({ paymentId: z.string(), reason: z.string(), ...fact }),
  OrderConfirmed: z.object(fact),
  OrderShipped: z.object(fact),
  OrderDelivered: z.object(fact),
  OrderCancelled: z.object({ reason: z.string(), ...fact }),
  OrderFailed: z.object({ reason: z.string(), ...fact }),
  OrderExpired: z.object(fact),
});

export const orderAggregate = aggregateOf(orderDecider, isOrderEvent);

/** Carries out a change of the order itself; what follows from it elsewhere is done when the order is driven. */
export const handleOrder = (ports: CommandHandlerPorts) =>
  commandHandler(ports)(orderDecider, orderAggregate, ({ orderId }: OrderCommand) => orderStream(orderId));
export type HandleOrder = ReturnType<typeof handleOrder>;

/** Only beginning to place an order: it has rejections of its own. */
export const handleStartPlacing = (ports: CommandHandlerPorts) =>
  commandHandler(ports)({ ...orderDecider, decide: startPlacing }, orderAggregate, ({ orderId }: StartPlacing) =>
    orderStream(orderId),
  );
export type HandleStartPlacing = ReturnType<typeof handleStartPlacing>;
