import { createOrder, type CreateOrder } from '../../../domain/order/create-order.js';
import { type OrderCommand, orderDecider } from '../../../domain/order/decider.js';
import { type OrderEvent } from '../../../domain/order/events.js';
import { expireUnpaid, type ExpireUnpaid } from '../../../domain/order/expire-unpaid.js';
import { type Order } from '../../../domain/order/order.js';
import { type Aggregate } from '../../kernel/writer/aggregate.js';
import { commandHandler, type CommandHandlerPorts } from '../../kernel/writer/command-handler.js';
import { shapedEvents } from '../../kernel/writer/shaped-events.js';

export const ORDER_STREAMS = 'order-';
export const orderStream = (orderId: string): string => `${ORDER_STREAMS}${orderId}`;

export const isOrderEvent = shapedEvents<OrderEvent>({
  OrderCreated: {
    lines: [{ productId: 'string', quantity: 'number', unitPrice: 'number' }],
    shipping: 'record',
    couponId: 'string|null',
    discount: 'number',
    points: 'number',
    total: 'number',
    holdExpiresAt: 'number',
    'policy?': { latePayment: 'string', cancel: 'string' },
    'eventIds?': ['string'],
    orderId: 'string',
    userId: 'string',
    at: 'number',
  },
  OrderPaymentPending: { paymentId: 'string', orderId: 'string', userId: 'string', at: 'number' },
  OrderPaid: { paymentId: 'string|null', 'amount?': 'number', orderId: 'string', userId: 'string', at: 'number' },
  OrderPaymentRefused: { paymentId: 'string', reason: 'string', orderId: 'string', userId: 'string', at: 'number' },
  OrderConfirmed: { orderId: 'string', userId: 'string', at: 'number' },
  OrderShipped: { orderId: 'string', userId: 'string', at: 'number' },
  OrderDelivered: { orderId: 'string', userId: 'string', at: 'number' },
  OrderCancelled: { reason: 'string', orderId: 'string', userId: 'string', at: 'number' },
  OrderFailed: { reason: 'string', orderId: 'string', userId: 'string', at: 'number' },
  OrderExpired: { orderId: 'string', userId: 'string', at: 'number' },
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
