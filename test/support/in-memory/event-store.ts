import { either as E, taskEither as TE } from 'fp-ts';
import {
  type Appended,
  type AppendError,
  BEGINNING,
  type EventStore,
  type EventToAppend,
  type RecordedEvent,
} from '../../../src/application/ports/event-store.js';
import { type EventFeed, type FeedBatch, type FeedOptions } from '../../../src/application/ports/event-feed.js';

const wanted = (event: RecordedEvent, prefixes: FeedOptions['streamPrefixes']): boolean =>
  prefixes === undefined || prefixes.some((prefix) => event.streamId.startsWith(prefix));

/** The event store and its feed as arrays, with a switch to take it away. Positions have gaps, as the port allows. */
export class InMemoryEventStore implements EventStore, EventFeed {
  readonly #all: RecordedEvent[] = [];
  readonly #streams = new Map<string, RecordedEvent[]>();
  readonly #listeners = new Set<() => void>();
  /** While true every call answers EventStoreUnavailable. */
  unavailable = false;

  constructor(private readonly now: () => number = Date.now) {}

  readonly append =
    (streamId: string, expected: number, events: ReadonlyArray<EventToAppend>): TE.TaskEither<AppendError, Appended> =>
    async () => {
      if (this.unavailable) return E.left('EventStoreUnavailable');
      const stream = this.#streams.get(streamId) ?? [];
      if (events.length === 0) return E.right({ revision: expected, position: BEGINNING });
      const repeated = stream.slice(expected + 1, expected + 1 + events.length);
      const last = repeated.at(-1);
      const isRepeat =
        repeated.length === events.length && repeated.every((event, index) => event.id === events[index]?.id);
      if (last !== undefined && isRepeat) return E.right({ revision: last.revision, position: last.position });
      if (stream.length - 1 !== expected) return E.left('RevisionConflict');
      for (const event of events) {
        const recorded = {
          ...event,
          streamId,
          revision: stream.length,
          position: (this.#all.at(-1)?.position ?? BEGINNING) + 1 + (this.#all.length % 2),
          recordedAt: this.now(),
        };
        stream.push(recorded);
        this.#all.push(recorded);
      }
      this.#streams.set(streamId, stream);
      for (const listener of this.#listeners) listener();
      return E.right({ revision: stream.length - 1, position: this.#all.at(-1)?.position ?? BEGINNING });
    };

  readonly readStream =
    (streamId: string, from: number, limit: number): TE.TaskEither<'EventStoreUnavailable', RecordedEvent[]> =>
    async () =>
      this.unavailable
        ? E.left('EventStoreUnavailable')
        : E.right((this.#streams.get(streamId) ?? []).slice(from, from + limit));

  readonly lastRevision =
    (streamId: string): TE.TaskEither<'EventStoreUnavailable', number> =>
    async () =>
      this.unavailable ? E.left('EventStoreUnavailable') : E.right((this.#streams.get(streamId) ?? []).length - 1);

  readonly keepFor = (): TE.TaskEither<'EventStoreUnavailable', void> => TE.right(undefined);

  readonly head = (): TE.TaskEither<'EventStoreUnavailable', number> => async () =>
    this.unavailable ? E.left('EventStoreUnavailable') : E.right(this.#all.at(-1)?.position ?? BEGINNING);

  readonly end = this.head;

  readonly read =
    (after: number, options: FeedOptions = {}): TE.TaskEither<'EventStoreUnavailable', FeedBatch> =>
    async () =>
      this.unavailable ? E.left('EventStoreUnavailable') : E.right(this.#batch(after, options));

  readonly at =
    (positions: ReadonlyArray<number>): TE.TaskEither<'EventStoreUnavailable', ReadonlyArray<RecordedEvent>> =>
    async () =>
      this.unavailable
        ? E.left('EventStoreUnavailable')
        : E.right(this.#all.filter(({ position }) => positions.includes(position)));

  readonly subscribe: EventFeed['subscribe'] = (after, handle, options = {}) => {
    let position = after;
    let stopped = false;
    let wake = (): void => undefined;
    const listener = (): void => wake();
    this.#listeners.add(listener);
    const running = (async () => {
      while (!stopped) {
        const batch = this.#batch(position, options);
        if (batch.position === position || this.unavailable) {
          await new Promise<void>((resolve) => {
            wake = resolve;
            setTimeout(resolve, 5);
          });
          continue;
        }
        try {
          await handle(batch);
          position = batch.position;
        } catch {
          await new Promise((resolve) => setTimeout(resolve, 5));
        }
      }
    })();
    return {
      stop: async () => {
        stopped = true;
        this.#listeners.delete(listener);
        wake();
        await running;
      },
    };
  };

  #batch(after: number, { batchSize = 1_000, streamPrefixes }: FeedOptions): FeedBatch {
    const events: RecordedEvent[] = [];
    let position = after;
    for (let index = this.#firstAfter(after); index < this.#all.length && events.length < batchSize; index++) {
      const event = this.#all[index];
      if (event === undefined) break;
      position = event.position;
      if (wanted(event, streamPrefixes)) events.push(event);
    }
    return { events, position, caughtUp: position >= (this.#all.at(-1)?.position ?? BEGINNING) };
  }

  #firstAfter(after: number): number {
    let low = 0;
    let high = this.#all.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if ((this.#all[middle]?.position ?? BEGINNING) > after) high = middle;
      else low = middle + 1;
    }
    return low;
  }
}
