import { type EventBody, type RecordedEvent } from '../../ports/event-store.js';
import { type MessageType } from './message-types.js';
import { type EventSchemas, type FaultOf, type EventType, type VersionedEvent, versionOf } from './event-schemas.js';

export interface ContextSchemas {
  readonly context: string;
  /** Its events, by what the names of their streams begin with, up to the first hyphen. */
  readonly streams: ReadonlyArray<readonly [prefix: string, events: EventSchemas]>;
  /** On topics. */
  readonly messages: ReadonlyArray<MessageType>;
}

/** All events there are, and how each is read whatever version it was written in. */
export interface EventRegistry {
  readonly contexts: ReadonlyArray<ContextSchemas>;
  /** Why an event cannot be read; null for one that can, and for events of streams that are not ours. */
  readonly faultOf: FaultOf;
  /** Why only a newer version can read an event; null for any other, readable or not. */
  readonly newerOf: (event: VersionedEvent & { readonly streamId: string }) => string | null;
  /** Of an event that is written now. */
  readonly writtenVersion: (type: string) => number;
  /** As it would be written today. An event of a version not known here, or damaged, stays as it is: `faultOf` tells why. */
  readonly today: (recorded: RecordedEvent) => RecordedEvent;
}

const isTyped = (event: object): event is EventBody => 'type' in event;

const upcast = (recorded: RecordedEvent, { version, old }: EventType): RecordedEvent => {
  let event = recorded.event;
  for (const step of old.slice(versionOf(recorded.metadata) - 1)) {
    const next = step.upcast(event);
    if (next === null) return recorded;
    event = isTyped(next) ? next : { ...next, type: event.type };
  }
  return { ...recorded, event, metadata: { ...recorded.metadata, version } };
};

export const eventRegistry = (contexts: ReadonlyArray<ContextSchemas>): EventRegistry => {
  const streams = new Map(contexts.flatMap((each) => each.streams));
  /** Of the types that were ever changed. Nearly every event is of none of them. */
  const changed = new Map(
    [...streams.values()].flatMap(({ types }) => [...types]).filter(([, { version }]) => version > 1),
  );
  const inStream = (streamId: string): EventSchemas | undefined =>
    streams.get(streamId.slice(0, streamId.indexOf('-') + 1));
  return {
    contexts,
    faultOf: (recorded) => inStream(recorded.streamId)?.faultOf(recorded) ?? null,
    newerOf: (event) => inStream(event.streamId)?.newerOf(event) ?? null,
    writtenVersion: (type) => changed.get(type)?.version ?? 1,
    today: (recorded) => {
      const type = changed.get(recorded.event.type);
      return type === undefined || versionOf(recorded.metadata) >= type.version ? recorded : upcast(recorded, type);
    },
  };
};
