import { z } from 'zod';
import { createOrder, type CreateOrder } from '../../../domain/order/create-order.js';
import { type OrderCommand, orderDecider } from '../../../domain/order/decider.js';
import { type OrderEvent } from '../../../domain/order/events.js';
import { expireUnpaid, type ExpireUnpaid } from '../../../domain/order/expire-unpaid.js';
import { type Order } from '../../../domain/order/order.js';
import { type Aggregate } from '../../kernel/writer/aggregate.js';
import { commandHandler, type CommandHandlerPorts } from '../../kernel/writer/command-handler.js';
import { eventSchemas } from '../../kernel/events/event-schemas.js';
import { salePolicy } from '../stock/sale-policy.js';
import { shipping } from '../delivery/shipping.js';
import { orderCreated1 } from './old-events/order-created-1.js';

export const ORDER_STREAMS = 'order-';
export const orderStream = (orderId: string): string => `${ORDER_STREAMS}${orderId}`;

export const isOrderEvent = eventSchemas<OrderEvent>()({
  OrderCreated: [
    orderCreated1,
    z.object({
      lines: z.array(z.object({ productId: z.string(), quantity: z.number(), unitPrice: z.number() })),
      shipping,
      couponId: z.string().nullable(),
      discount: z.number(),
      points: z.number(),
      total: z.number(),
      holdExpiresAt: z.number(),
      policy: salePolicy.pick({ latePayment: true, cancel: true }).exactOptional(),
      eventIds: z.array(z.string()).exactOptional(),
      orderId: z.string(),
      userId: z.string(),
      at: z.number(),
    }),
  ],
  OrderPaymentPending: z.object({ paymentId: z.string(), orderId: z.string(), userId: z.string(), at: z.number() }),
  OrderPaid: z.object({
    paymentId: z.string().nullable(),
    amount: z.number().exactOptional(),
    orderId: z.string(),
    userId: z.string(),
    at: z.number(),
  }),
  OrderPaymentRefused: z.object({
    paymentId: z.string(),
    reason: z.string(),
    orderId: z.string(),
    userId: z.string(),
    at: z.number(),
  }),
  OrderConfirmed: z.object({ orderId: z.string(), userId: z.string(), at: z.number() }),
  OrderShipped: z.object({ orderId: z.string(), userId: z.string(), at: z.number() }),
  OrderDelivered: z.object({ orderId: z.string(), userId: z.string(), at: z.number() }),
  OrderCancelled: z.object({ reason: z.string(), orderId: z.string(), userId: z.string(), at: z.number() }),
  OrderFailed: z.object({ reason: z.string(), orderId: z.string(), userId: z.string(), at: z.number() }),
  OrderExpired: z.object({ orderId: z.string(), userId: z.string(), at: z.number() }),
});

export const orderAggregate: Aggregate<Order, OrderEvent> = {
  initial: orderDecider.initial,
  evolve: orderDecider.evolve,
  isEvent: isOrderEvent,
  snapshots: null,
};

/** Carries out what is asked of an order itself; what it holds elsewhere follows through the saga. */
export const handleOrder = (ports: CommandHandlerPorts) =>
  commandHandler(ports)(orderDecider, orderAggregate, ({ orderId }: OrderCommand) => orderStream(orderId));
export type HandleOrder = ReturnType<typeof handleOrder>;

/** Placing an order alone: its rejections are its own. */
export const handleCreateOrder = (ports: CommandHandlerPorts) =>
  commandHandler(ports)({ ...orderDecider, decide: createOrder }, orderAggregate, ({ orderId }: CreateOrder) =>
    orderStream(orderId),
  );
export type HandleCreateOrder = ReturnType<typeof handleCreateOrder>;

/** Expiring an order that has no payment, in one step: a payment that begins meanwhile wins, or finds it expired. */
export const handleExpireUnpaid = (ports: CommandHandlerPorts) =>
  commandHandler(ports)({ ...orderDecider, decide: expireUnpaid }, orderAggregate, ({ orderId }: ExpireUnpaid) =>
    orderStream(orderId),
  );
export type HandleExpireUnpaid = ReturnType<typeof handleExpireUnpaid>;
