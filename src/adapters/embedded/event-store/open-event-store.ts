import { either as E, taskEither as TE } from 'fp-ts';
import { type RootDatabase } from 'lmdb';
import { BEGINNING, type EventStore, NO_STREAM } from '../../../application/ports/event-store.js';
import { type EventFeed, type Subscription } from '../../../application/ports/event-feed.js';
import { commitDurably, departureOf, openDepartures } from '../environment/index.js';
import { encodeAppend } from './apply-append.js';
import { type BackOff } from './back-off.js';
import { GroupCommit } from './group-commit.js';
import { FeedReader } from './read-feed.js';
import { readAt, readStream } from './read-stream.js';
import { RecentEvents } from './recent-events.js';
import { decodeHeader } from './record.js';
import { subscribe, WakeUp } from './subscribe.js';
import { lastPosition, openTables, type Tables } from './tables.js';

/** Appends dropped in one transaction: appends of others come in between. */
const MAX_PER_COMMIT = 1_000;

/** Within a transaction. The last append of all stays: it tells which positions were given. */
const dropOld = ({ records, revisions }: Tables, streamId: string, before: number): number => {
  const [last] = records.getKeys({ reverse: true, limit: 1 });
  const old: Array<{ readonly revision: number; readonly position: number }> = [];
  for (const { key, value: position } of revisions.getRange({ start: [streamId, 0], end: [streamId, Infinity] })) {
    const record = records.get(position);
    if (old.length === MAX_PER_COMMIT || position === last) break;
    if (record !== undefined && decodeHeader(record).recordedAt >= before) break;
    old.push({ revision: key[1], position });
  }
  for (const { revision, position } of old) {
    records.removeSync(position);
    revisions.removeSync([streamId, revision]);
  }
  return old.length;
};

/** Drops the appends that streams no longer keep, and answers how many they were. An append goes as a whole. */
const sweep = async (root: RootDatabase<unknown>, tables: Tables, now: number): Promise<number> => {
  let dropped = 0;
  for (const { key: streamId, value: seconds } of [...tables.retention.getRange()])
    for (let more = true; more;) {
      const count = await commitDurably(root, () => dropOld(tables, streamId, now - seconds * 1_000)).flushed;
      dropped += count;
      more = count === MAX_PER_COMMIT;
    }
  return dropped;
};

/** All have defaults. */
export interface EmbeddedEventStoreOptions {
  /** The store's clock, epoch milliseconds. */
  readonly now?: () => number;
  /** Encoded bytes of appends not yet answered; more are refused. Default 64 MiB. */
  readonly maxInFlightBytes?: number;
  /** Encoded bytes of the events kept decoded for live subscribers. Default 32 MiB. */
  readonly recentBytes?: number;
  /** How long the disk may take before an append is answered as unknown. Default 10 s. */
  readonly timeoutMs?: number;
  /** Between tries of a handler that rejects. Default 100 ms, doubling up to 5 s. */
  readonly backOff?: BackOff;
  /** Told why a commit failed. */
  readonly onFailure?: (error: unknown) => void;
}

const defaultOptions: Required<EmbeddedEventStoreOptions> = {
  now: Date.now,
  maxInFlightBytes: 64 * 2 ** 20,
  recentBytes: 32 * 2 ** 20,
  timeoutMs: 10_000,
  backOff: { firstMs: 100, maxMs: 5_000 },
  onFailure: () => undefined,
};

export interface EmbeddedEventStore {
  readonly store: EventStore;
  readonly feed: EventFeed;
  /** Drops what `keepFor` allows to be dropped; answers how many appends went. Call it now and then. */
  readonly sweep: () => TE.TaskEither<'EventStoreUnavailable', number>;
  /** Refuses appends, stops the subscriptions, waits for both. The environment stays open. */
  readonly close: () => Promise<void>;
}

const unavailable = (): 'EventStoreUnavailable' => 'EventStoreUnavailable';

const reading = <A>(read: () => A): TE.TaskEither<'EventStoreUnavailable', A> =>
  TE.fromIOEither(() => E.tryCatch(read, unavailable));

/**
 * The event store in the data directory. Subscribers see an event once it is on disk, never before: a read model is
 * never ahead of the truth. One process owns the environment, so the order of positions is the order of commits.
 */
export const openEventStore = (
  root: RootDatabase<unknown>,
  options: EmbeddedEventStoreOptions = {},
): EmbeddedEventStore => {
  const { now, recentBytes, backOff, ...limits } = { ...defaultOptions, ...options };
  const tables = openTables(root);
  const departures = openDepartures(root);
  const recorded = new WakeUp();
  let head = lastPosition(tables);
  const recent = new RecentEvents(head, recentBytes);
  const reader = new FeedReader(tables, recent);
  const subscriptions = new Set<Subscription>();

  const commits = new GroupCommit(root, tables, head, {
    ...limits,
    now,
    isMoved: () => departureOf(departures)?.phase === 'MOVED',
    onDurable: (appends, before) => {
      const isAhead = before > head;
      if (isAhead) {
        recent.goOnBehind(before);
        head = before;
      }
      for (const append of appends) {
        recent.add(append);
        head = append.lastPosition;
      }
      if (isAhead || appends.length > 0) recorded.wake();
    },
  });

  const store: EventStore = {
    append: (streamId, expected, events) => async () =>
      events.length === 0
        ? E.right({ revision: expected, position: BEGINNING })
        : commits.submit(encodeAppend(streamId, expected, events)),
    readStream: (streamId, from, limit) => reading(() => readStream(tables, streamId, from, limit)),
    lastRevision: (streamId) => reading(() => tables.heads.get(streamId) ?? NO_STREAM),
    keepFor: (streamId, seconds) =>
      TE.tryCatch(async () => {
        if (tables.retention.get(streamId) === seconds) return;
        await commitDurably(root, () => tables.retention.putSync(streamId, seconds)).flushed;
      }, unavailable),
  };

  const feed: EventFeed = {
    head: () => TE.right(head),
    end: () => TE.right(head),
    read: (after, feedOptions) => reading(() => reader.read(after, head, feedOptions)),
    at: (positions) => TE.tryCatch(() => readAt(tables, positions), unavailable),
    subscribe: (after, handle, feedOptions) => {
      const subscription = subscribe({
        after,
        head: () => head,
        read: (position) => reader.read(position, head, feedOptions),
        handle,
        recorded,
        backOff,
      });
      const stop = () => subscription.stop().finally(() => subscriptions.delete(tracked));
      const tracked: Subscription = { stop };
      subscriptions.add(tracked);
      return tracked;
    },
  };

  return {
    store,
    feed,
    sweep: () => TE.tryCatch(() => sweep(root, tables, now()), unavailable),
    close: async () => {
      await Promise.all([commits.close(), ...[...subscriptions].map(({ stop }) => stop())]);
    },
  };
};
