import { either as E } from 'fp-ts';
import {
  type Appended,
  type AppendError,
  BEGINNING,
  type EventStore,
  type EventToAppend,
  type Position,
  type RecordedEvent,
} from '../../../../src/application/ports/event-store.js';
import { type EventFeed, type FeedBatch, type FeedOptions } from '../../../../src/application/ports/event-feed.js';
import { type Legibility } from '../legibility.js';
import { type Member, THE_BEGINNING } from '../member.js';
import { asking, doing, type Weather } from '../weather.js';

/** What the server keeps. Positions have gaps, as the port allows; what is kept is JSON. */
export interface Events {
  /** Everything recorded, in order. */
  readonly all: ReadonlyArray<RecordedEvent>;
  readonly stream: (streamId: string) => ReadonlyArray<RecordedEvent>;
  /** The store without a network: nothing goes wrong, nobody has to wait, and what is not damaged can be read. */
  readonly store: EventStore;
  /** As a process sees it. */
  readonly storeOf: (member: Member) => EventStore;
  readonly feedOf: (member: Member) => EventFeed;
}

const FIRST_BACK_OFF_MS = 50;
const MOST_AT_ONCE = 6;
const UNTOLD = 0.9;
const LATEST_WORD_MS = 1_000;

const parsed = (each: EventToAppend): EventToAppend => JSON.parse(JSON.stringify(each));

export const simulatedEvents = (weather: Weather, legible: Legibility): Events => {
  const { chance, time } = weather;
  const all: RecordedEvent[] = [];
  const streams = new Map<string, RecordedEvent[]>();
  let waiting: Array<() => void> = [];

  const append = (
    streamId: string,
    expected: number,
    events: ReadonlyArray<EventToAppend>,
  ): E.Either<AppendError, Appended> => {
    if (events.length === 0) return E.right({ revision: expected, position: BEGINNING });
    const stream = streams.get(streamId) ?? [];
    const there = stream.slice(expected + 1, expected + 1 + events.length);
    const last = there.at(-1);
    const isRepeat = there.length === events.length && there.every(({ id }, index) => id === events[index]?.id);
    if (isRepeat && last !== undefined) return E.right({ revision: last.revision, position: last.position });
    if (stream.length !== expected + 1) return E.left('RevisionConflict');
    for (const event of events) {
      const position = (all.at(-1)?.position ?? BEGINNING) + 1 + (all.length % 2);
      const recordedAt = THE_BEGINNING + time.elapsed();
      const recorded = { ...parsed(event), streamId, revision: stream.length, position, recordedAt };
      stream.push(recorded);
      all.push(recorded);
    }
    streams.set(streamId, stream);
    const woken = waiting;
    waiting = [];
    for (const wake of woken) wake();
    return E.right({ revision: stream.length - 1, position: all.at(-1)?.position ?? BEGINNING });
  };
  const slice = (streamId: string, from: number, limit: number): ReadonlyArray<RecordedEvent> =>
    (streams.get(streamId) ?? []).slice(from, from + limit);
  const lastRevision = (streamId: string): number => (streams.get(streamId)?.length ?? 0) - 1;
  const head = (): Position => all.at(-1)?.position ?? BEGINNING;

  const firstAfter = (after: Position): number => {
    let [low, high] = [0, all.length];
    while (low < high) {
      const middle = (low + high) >>> 1;
      if ((all[middle]?.position ?? BEGINNING) > after) high = middle;
      else low = middle + 1;
    }
    return low;
  };
  const batch = (after: Position, { batchSize = 1_000, streamPrefixes }: FeedOptions): FeedBatch => {
    const events: RecordedEvent[] = [];
    let position = after;
    for (let index = firstAfter(after); index < all.length && events.length < batchSize; index += 1) {
      const event = all[index];
      if (event === undefined) break;
      position = event.position;
      if (streamPrefixes === undefined || streamPrefixes.some((prefix) => event.streamId.startsWith(prefix)))
        events.push(event);
    }
    return { events, position, caughtUp: position >= head() };
  };

  const readBy =
    (member: Pick<Member, 'isNew'>) =>
    (recorded: RecordedEvent): RecordedEvent =>
      legible.read(member, recorded);
  const batchFor = (member: Member, after: Position, options: FeedOptions): FeedBatch => {
    const found = batch(after, options);
    return { ...found, events: found.events.map(readBy(member)) };
  };

  const failures = { away: 'EventStoreUnavailable', unknown: 'AppendOutcomeUnknown' } as const;
  const away = 'EventStoreUnavailable' as const;

  return {
    all,
    stream: (streamId) => streams.get(streamId) ?? [],
    store: {
      append: (streamId, expected, events) => async () => append(streamId, expected, events),
      readStream: (streamId, from, limit) => async () =>
        E.right(slice(streamId, from, limit).map(readBy({ isNew: true }))),
      lastRevision: (streamId) => async () => E.right(lastRevision(streamId)),
      keepFor: () => async () => E.right(undefined),
    },
    storeOf: (member) => ({
      append: (streamId, expected, events) =>
        doing<AppendError, Appended>(weather, member, failures, () =>
          append(
            streamId,
            expected,
            events.map((each) => legible.written(member, each)),
          ),
        ),
      readStream: (streamId, from, limit) =>
        asking(weather, member, away, () => E.right(slice(streamId, from, limit).map(readBy(member)))),
      lastRevision: (streamId) => asking(weather, member, away, () => E.right(lastRevision(streamId))),
      keepFor: () => asking(weather, member, away, () => E.right(undefined)),
    }),
    feedOf: (member) => ({
      head: () => asking(weather, member, away, () => E.right(head())),
      end: () => asking(weather, member, away, () => E.right(head())),
      read: (after, options = {}) => asking(weather, member, away, () => E.right(batchFor(member, after, options))),
      at: (positions) =>
        asking(weather, member, away, () =>
          E.right(all.filter(({ position }) => positions.includes(position)).map(readBy(member))),
        ),
      subscribe: (after, handle, options = {}) => {
        let position = after;
        let isStopped = false;
        let backOff = FIRST_BACK_OFF_MS;
        let wake = (): void => undefined;
        const isOver = (): boolean => isStopped || !member.isAlive();
        const news = (): Promise<void> =>
          new Promise((resolve) => {
            wake = resolve;
            waiting.push(resolve);
          });
        /** A server tells of what a subscriber does not follow only now and then. */
        const isOfNoInterest = (): boolean => batch(position, options).events.length === 0 && chance.happens(UNTOLD);
        const newsSoon = (): Promise<void> => {
          const cancel = time.wakeIn(chance.below(LATEST_WORD_MS), () => wake());
          return news().then(cancel);
        };
        const follow = async (): Promise<void> => {
          while (!isOver()) {
            if (position >= head()) await news();
            while (!isOver() && isOfNoInterest()) await newsSoon();
            await time.turn();
            if (isOver()) return;
            const batchSize = Math.min(
              options.batchSize ?? 1_000,
              1 + chance.below(chance.happens(0.5) ? 1_000 : MOST_AT_ONCE),
            );
            const next = batchFor(member, position, { ...options, batchSize });
            if (next.position === position) continue;
            try {
              await handle(next);
              position = next.position;
              backOff = FIRST_BACK_OFF_MS;
            } catch {
              await time.sleep(backOff);
              backOff = Math.min(backOff * 2, 2_000);
            }
          }
        };
        const done = follow();
        return {
          stop: () => {
            isStopped = true;
            wake();
            return done;
          },
        };
      },
    }),
  };
};
