import { context, createContextKey, ROOT_CONTEXT } from '@opentelemetry/api';
import { type EventStore } from '../../ports/event-store.js';
import { type MessageLog } from '../../ports/message-log.js';

const TRACEPARENT = createContextKey('traceparent');

/** The W3C trace context of what is being done: whatever it leads to belongs to that trace. Undefined where nobody traces. */
export const activeTrace = (): string | undefined => {
  const traceparent = context.active().getValue(TRACEPARENT);
  return typeof traceparent === 'string' ? traceparent : undefined;
};

/** Does the work as a part of this trace, or of none. */
export const withTrace = <A>(traceparent: string | undefined, work: () => A): A =>
  traceparent === activeTrace() ? work() : context.with(ROOT_CONTEXT.setValue(TRACEPARENT, traceparent), work);

/** Appends events as a part of the active trace, but for those that say themselves what they are a part of. */
export const tracedEvents = <Store extends Pick<EventStore, 'append'>>(store: Store): Store => ({
  ...store,
  append: (streamId, expected, events) => () => {
    const traceparent = activeTrace();
    const traced =
      traceparent === undefined
        ? events
        : events.map((each) => ({ ...each, metadata: { traceparent, ...each.metadata } }));
    return store.append(streamId, expected, traced)();
  },
});

/** Publishes messages as a part of the active trace, but for those that say themselves what they are a part of. */
export const tracedMessages = (log: MessageLog): MessageLog => ({
  ...log,
  publish: (topic, message) => () => {
    const traceparent = activeTrace();
    const traced = traceparent === undefined ? message : { ...message, headers: { traceparent, ...message.headers } };
    return log.publish(topic, traced)();
  },
});
