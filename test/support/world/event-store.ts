import { either as E, taskEither as TE } from 'fp-ts';
import { BEGINNING, type EventStore, type RecordedEvent } from '../../../src/application/ports/event-store.js';

export interface WorldEventStore extends EventStore {
  /** Everything recorded, in global order. */
  readonly all: ReadonlyArray<RecordedEvent>;
}

/** An event store as strict as the port allows: an append of which only a part is there is a conflict, not a repeat. */
export const worldEventStore = (now: () => number = () => 0): WorldEventStore => {
  const all: RecordedEvent[] = [];
  const streams = new Map<string, RecordedEvent[]>();
  return {
    all,
    lastRevision: (streamId) => async () => E.right((streams.get(streamId) ?? []).length - 1),
    keepFor: () => TE.right(undefined),
    readStream: (streamId, from, limit) => async () => E.right((streams.get(streamId) ?? []).slice(from, from + limit)),
    append: (streamId, expected, events) => async () => {
      if (events.length === 0) return E.right({ revision: expected, position: BEGINNING });
      const stream = streams.get(streamId) ?? [];
      const there = stream.slice(expected + 1, expected + 1 + events.length);
      const last = there.at(-1);
      const isRepeat = there.length === events.length && there.every(({ id }, index) => id === events[index]?.id);
      if (isRepeat && last !== undefined) return E.right({ revision: last.revision, position: last.position });
      if (stream.length !== expected + 1) return E.left('RevisionConflict');
      for (const event of events) {
        const recorded = { ...event, streamId, revision: stream.length, position: all.length, recordedAt: now() };
        stream.push(recorded);
        all.push(recorded);
      }
      streams.set(streamId, stream);
      return E.right({ revision: stream.length - 1, position: all.length - 1 });
    },
  };
};
