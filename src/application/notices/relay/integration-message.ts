import { iso } from '../../kernel/iso.js';
import { EVENT_VERSION } from '../../kernel/events/message-types.js';
import { type Position, type RecordedEvent } from '../../ports/event-store.js';
import { type Message } from '../../ports/message-log.js';
import { type IntegrationEvent } from './integration-event.js';
import { TOLD_BEFORE } from './resume-point.js';

/** What CloudEvents asks of a message beside its body. */
interface CloudEvent {
  readonly id: string;
  readonly topic: string;
  readonly key: string;
  readonly type: string;
  readonly version: number;
  readonly time: string;
}

export const cloudEventHeaders = [
  'content-type',
  'ce_specversion',
  'ce_id',
  'ce_source',
  'ce_type',
  'ce_time',
  'ce_partitionkey',
] as const;

/**
 * CloudEvents 1.0, Kafka protocol binding, binary mode: https://github.com/cloudevents/spec, with the extension
 * `partitionkey`. One event may be told on two topics, and id and source together name one message: so the topic is in
 * the source. A changed body is a type of its own.
 */
const asCloudEvent = ({
  id,
  topic,
  key,
  type,
  version,
  time,
}: CloudEvent): Readonly<Record<(typeof cloudEventHeaders)[number], string>> => ({
  'content-type': 'application/json',
  ce_specversion: '1.0',
  ce_id: id,
  ce_source: `/doorbuster/${topic}`,
  ce_type: version === 1 ? `doorbuster.${type}` : `doorbuster.${type}.v${version}`,
  ce_time: time,
  ce_partitionkey: key,
});

/** An integration event as it stands on the log. Its id is the recorded event's, so a repetition is known as one. */
export const integrationMessageOf = (
  recorded: RecordedEvent,
  { topic, key, type, version, payload }: IntegrationEvent,
  toldBefore: Position,
  traceparent: string | undefined = recorded.metadata.traceparent,
): Message => {
  const [id, time] = [recorded.id, iso(recorded.recordedAt)];
  const value = JSON.stringify({ eventId: id, eventType: type, occurredAt: time, ...payload });
  // Field by field: of several objects spread into one each costs as much as all the rest of the message.
  const headers: Record<string, string> = asCloudEvent({ id, topic, key, type, version, time });
  headers['event-id'] = id;
  headers['event-type'] = type;
  if (version > 1) headers[EVENT_VERSION] = String(version);
  headers['correlation-id'] = recorded.metadata.correlationId;
  headers['position'] = String(recorded.position);
  headers[TOLD_BEFORE] = String(toldBefore);
  if (traceparent !== undefined) headers['traceparent'] = traceparent;
  return { key, value, headers };
};
