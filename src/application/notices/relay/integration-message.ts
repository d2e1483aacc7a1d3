import { iso } from '../../kernel/iso.js';
import { EVENT_VERSION } from '../../kernel/events/message-types.js';
import { type Position, type RecordedEvent } from '../../ports/event-store.js';
import { type Message } from '../../ports/message-log.js';
import { asCloudEvent } from './cloud-event.js';
import { type IntegrationEvent } from './integration-event.js';
import { TOLD_BEFORE } from './resume-point.js';

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
