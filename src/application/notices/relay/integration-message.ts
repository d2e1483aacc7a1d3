import { iso } from '../../kernel/iso.js';
import { versionHeader } from '../../kernel/messaging/message-types.js';
import { type Position, type RecordedEvent } from '../../ports/event-store.js';
import { type Message } from '../../ports/message-log.js';
import { type IntegrationEvent } from './integration-event.js';
import { TOLD_BEFORE } from './resume-point.js';

/** An integration event as it stands on the log. Its id is the recorded event's, so a repetition is known as one. */
export const integrationMessageOf = (
  recorded: RecordedEvent,
  { key, type, version, payload }: IntegrationEvent,
  toldBefore: Position,
  traceparent: string | undefined = recorded.metadata.traceparent,
): Message => ({
  key,
  value: JSON.stringify({
    eventId: recorded.id,
    eventType: type,
    occurredAt: iso(recorded.recordedAt),
    ...payload,
  }),
  headers: {
    'event-id': recorded.id,
    'event-type': type,
    ...versionHeader(version),
    'correlation-id': recorded.metadata.correlationId,
    position: String(recorded.position),
    [TOLD_BEFORE]: String(toldBefore),
    ...(traceparent !== undefined && { traceparent }),
  },
});
