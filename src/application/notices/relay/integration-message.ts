import { iso } from '../../kernel/iso.js';
import { versionHeader } from '../../kernel/events/message-types.js';
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
  return {
    key,
    value: JSON.stringify({ eventId: id, eventType: type, occurredAt: time, ...payload }),
    headers: {
      ...asCloudEvent({ id, topic, key, type, version, time }),
      'event-id': id,
      'event-type': type,
      ...versionHeader(version),
      'correlation-id': recorded.metadata.correlationId,
      position: String(recorded.position),
      [TOLD_BEFORE]: String(toldBefore),
      ...(traceparent !== undefined && { traceparent }),
    },
  };
};
