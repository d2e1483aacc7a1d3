import { z } from 'zod';
import { couponMessage } from '../coupon/coupon-messages.js';
import { COUPON_ISSUE_REQUESTS, topics } from '../messaging/topics.js';
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

const headers = {
  type: 'object',
  required: ['event-id', 'event-type', 'correlation-id'],
  properties: Object.fromEntries(
    ['event-id', 'event-type', 'correlation-id', 'traceparent', 'position', 'told-before'].map((name) => [
      name,
      { type: 'string' },
    ]),
  ),
};

const messageOf = (name: string, payload: z.ZodType) => ({
  name,
  contentType: 'application/json',
  headers,
  payload: z.toJSONSchema(payload),
});

const messagesOn = (topic: string): ReadonlyArray<readonly [string, object]> =>
  topic === COUPON_ISSUE_REQUESTS
    ? couponMessage.options.map((option) => {
        const type = option.shape.eventType.value;
        return [type, messageOf(type, option)] as const;
      })
    : told
        .filter((message) => message.topic === topic)
        .map(({ type, schema }) => [type, messageOf(type, envelope.extend(schema.shape))] as const);

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
