import { type ContextSchemas } from '../kernel/events/event-registry.js';
import { couponMessages } from './relay/coupon-integration.js';
import { envelope, type IntegrationMessage } from './relay/integration-event.js';
import { dataPlatformMessages, orderMessages, paymentMessages } from './relay/order-integration.js';
import { saleMessages } from './relay/sale-integration.js';
import { DELIVERY_STREAMS, isDeliveryEvent } from './webhooks/delivery.js';
import { isWebhookEvent, WEBHOOK_STREAMS } from './webhooks/webhook-events.js';

const told: ReadonlyArray<Pick<IntegrationMessage, 'topic' | 'type' | 'version' | 'schema'>> = [
  couponMessages,
  orderMessages,
  dataPlatformMessages,
  paymentMessages,
  saleMessages,
].flatMap((messages) => Object.values(messages));

/** What the outside is told, and what becomes of the endpoints it is delivered to. */
export const noticesSchemas: ContextSchemas = {
  context: 'notices',
  streams: [
    [WEBHOOK_STREAMS, isWebhookEvent],
    [DELIVERY_STREAMS, isDeliveryEvent],
  ],
  messages: told.map(({ topic, type, version, schema }) => ({
    topic,
    type,
    version,
    schema: envelope.extend(schema.shape),
  })),
};
