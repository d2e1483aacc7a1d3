import { z } from 'zod';
import { EVENT_VERSION, type MessageType } from '../../kernel/events/message-types.js';
import { deadLetterTopics, topics } from '../../kernel/messaging/topics.js';
import { cloudEventHeaders } from '../../notices/relay/integration-message.js';
import { relayedTopics } from '../../notices/relay/relay.js';
import { allEvents } from '../all-events.js';

const headersWith = (...required: ReadonlyArray<string>) => ({
  type: 'object',
  required,
  properties: Object.fromEntries(
    [
      'event-id',
      'event-type',
      EVENT_VERSION,
      'request-id',
      'correlation-id',
      'traceparent',
      'position',
      'told-before',
      ...cloudEventHeaders,
    ].map((name) => [name, { type: 'string' }]),
  ),
});

const headers = headersWith('event-id', 'event-type', 'correlation-id');
const headersOfTold = headersWith('event-id', 'event-type', 'correlation-id', ...cloudEventHeaders);
/** A dead letter may have come without any. */
const headersOfDeadLetters = headersWith('event-id', 'event-type');

const headersOn = (topic: string) =>
  deadLetterTopics.includes(topic) ? headersOfDeadLetters : relayedTopics.includes(topic) ? headersOfTold : headers;

const messageOf = ({ topic, type, version, schema }: MessageType) => ({
  name: type,
  contentType: 'application/json',
  headers: headersOn(topic),
  payload: z.toJSONSchema(schema),
  'x-version': version,
});

const messagesOn = (topic: string): Readonly<Record<string, object>> =>
  Object.fromEntries(
    allEvents.contexts
      .flatMap(({ messages }) => messages)
      .filter((message) => message.topic === topic)
      .map((message) => [message.type, messageOf(message)]),
  );

/** Every topic and every message on it, from the schemas the code itself uses. AsyncAPI 3.0. */
export const asyncApi = (partitions: number): object => ({
  asyncapi: '3.0.0',
  info: { title: 'Doorbuster', version: '1' },
  channels: Object.fromEntries(
    topics(partitions).map((topic) => [
      topic.name,
      {
        address: topic.name,
        messages: messagesOn(topic.name),
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
