import { DATA_PLATFORM } from '../../kernel/messaging/topics.js';
import { BEGINNING, type RecordedEvent } from '../../ports/event-store.js';
import { type WebhookMessage } from '../../ports/webhook-sender.js';
import { couponMessages } from '../relay/coupon-integration.js';
import { type IntegrationEvent } from '../relay/integration-event.js';
import { integrationMessageOf } from '../relay/integration-message.js';
import { orderMessages, paymentMessages } from '../relay/order-integration.js';
import { saleMessages } from '../relay/sale-integration.js';
import { toIntegrationEvents } from '../relay/to-integration-events.js';

/** What an endpoint can ask for: everything that Kafka is told, but for the data platform's copies of it. */
export const webhookEventTypes = [couponMessages, orderMessages, paymentMessages, saleMessages]
  .flatMap((messages) => Object.values(messages))
  .map(({ type }) => type);

/** What endpoints are told of an event; null: nothing. An event leads to one message at most, which has its id. */
export const toldByWebhook = (recorded: RecordedEvent): IntegrationEvent | null =>
  toIntegrationEvents(recorded).find(({ topic }) => topic !== DATA_PLATFORM) ?? null;

/** The body is that of the message on Kafka; its CloudEvents headers are named as over HTTP. */
export const webhookMessage = (recorded: RecordedEvent, told: IntegrationEvent): WebhookMessage => {
  const { value, headers } = integrationMessageOf(recorded, told, BEGINNING);
  const kept = Object.entries(headers).filter(([name]) => /^(ce_|content-type$|position$|traceparent$)/.test(name));
  const named = kept.map(([name, each]) => [name.replace('ce_', 'ce-'), each] as const);
  return { id: recorded.id, headers: Object.fromEntries(named), body: value };
};
