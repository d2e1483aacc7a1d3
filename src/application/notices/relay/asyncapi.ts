import { z } from 'zod';
import { couponMessage } from '../../coupon/coupon-messages.js';
import { deadLetterMessage } from '../../kernel/writer/dead-letter-message.js';
import {
  COUPON_ISSUE_REQUESTS,
  deadLetterTopic,
  STOCK_REQUESTS,
  topics,
  WAITING_TOKEN,
} from '../../kernel/messaging/topics.js';
import { stockMessage } from '../../checkout/stock/stock-messages.js';
import { waitingMessage } from '../../waiting-room/waiting-messages.js';
import { couponMessages } from './coupon-integration.js';
import { envelope, type IntegrationMessage } from './integration-event.js';
import { dataPlatformMessages, orderMessages } from './order-integration.js';
import { paymentMessages } from './payment-integration.js';
import { saleMessages } from './sale-integration.js';

const told: ReadonlyArray<Pick<IntegrationMessage, 'type' | 'topic' | 'schema'>> = [
  couponMessages,
  orderMessages,
  dataPlatformMessages,
  paymentMessages,
  saleMessages,
].flatMap((messages) => Object.values(messages));

const headersWith = (required: ReadonlyArray<string>) => ({
  type: 'object',
  required,
  properties: Object.fromEntries(
    ['event-id', 'event-type', 'request-id', 'correlation-id', 'traceparent', 'position', 'told-before'].map((name) => [
      name,
      { type: 'string' },
    ]),
  ),
});

const headers = headersWith(['event-id', 'event-type', 'correlation-id']);
/** What was set aside may have come without any. */
const headersOfDeadLetters = headersWith(['event-id', 'event-type']);

const messageOf = (name: string, payload: z.ZodType) => ({
  name,
  contentType: 'application/json',
  headers: payload === deadLetterMessage ? headersOfDeadLetters : headers,
  payload: z.toJSONSchema(payload),
});

type Named = readonly [type: string, payload: z.ZodType];

/** What is asked of the one writer of a key: internal, and documented for who looks at it. */
const asked: Readonly<Record<string, ReadonlyArray<Named>>> = {
  [COUPON_ISSUE_REQUESTS]: couponMessage.options.map((option) => [option.shape.eventType.value, option]),
  [WAITING_TOKEN]: waitingMessage.options.map((option) => [option.shape.eventType.value, option]),
  [STOCK_REQUESTS]: stockMessage.options.map((option) => [option.shape.eventType.value, option]),
};

const deadLetters = new Set(Object.keys(asked).map(deadLetterTopic));

const namedOn = (topic: string): ReadonlyArray<Named> => {
  if (deadLetters.has(topic)) return [['DEAD_LETTER', deadLetterMessage]];
  const events = told.filter((message) => message.topic === topic);
  return asked[topic] ?? events.map(({ type, schema }): Named => [type, envelope.extend(schema.shape)]);
};

const messagesOn = (topic: string): ReadonlyArray<readonly [string, object]> =>
  namedOn(topic).map(([type, payload]) => [type, messageOf(type, payload)]);

/** Every topic and every message on it, from the schemas the code itself uses. AsyncAPI 3.0. */
export const asyncApi = (partitions: number): object => ({
  asyncapi: '3.0.0',
  info: { title: 'Doorbuster', version: '1' },
  channels: Object.fromEntries(
    topics(partitions).map((topic) => [
      topic.name,
      {
        address: topic.name,
        messages: Object.fromEntries(messagesOn(topic.name)),
        bindings: {
          kafka: {
            topic: topic.name,
            partitions: topic.partitions,
            topicConfiguration: { 'retention.ms': topic.retentionSeconds * 1000 },
          },
        },
      },
    ]),
  ),
});
