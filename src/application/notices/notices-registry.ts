import { type ContextSchemas } from '../kernel/events/event-registry.js';
import { couponMessages } from './relay/coupon-integration.js';
import { envelope, type IntegrationMessage } from './relay/integration-event.js';
import { dataPlatformMessages, orderMessages } from './relay/order-integration.js';
import { paymentMessages } from './relay/payment-integration.js';
import { saleMessages } from './relay/sale-integration.js';

const told: ReadonlyArray<Pick<IntegrationMessage, 'topic' | 'type' | 'version' | 'schema'>> = [
  couponMessages,
  orderMessages,
  dataPlatformMessages,
  paymentMessages,
  saleMessages,
].flatMap((messages) => Object.values(messages));

/** What the outside is told: it has no events of its own. */
export const noticesSchemas: ContextSchemas = {
  context: 'notices',
  streams: [],
  messages: told.map(({ topic, type, version, schema }) => ({
    topic,
    type,
    version,
    schema: envelope.extend(schema.shape),
  })),
};
