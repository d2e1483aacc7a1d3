import { BACKWARDS, END } from '@eventstore/db-client';
import { either as E, taskEither as TE } from 'fp-ts';
import { type DataKeys } from '../../application/ports/data-keys.js';
import {
  BEGINNING,
  type EventFeed,
  type EventStore,
  type FeedBatch,
  type FeedOptions,
  NO_STREAM,
  type Position,
  type RecordedEvent,
} from '../../application/ports/event-store.js';
import { append } from './append.js';
import { BatchBuffer } from './batch-buffer.js';
import { Connection } from './connection.js';
import { dataKeys } from './data-keys.js';
import { type Fault, findFault } from './find-fault.js';
import { inTime, type Wait } from './in-time.js';
import { lastRevision } from './last-revision.js';
import { LiveFeed } from './live-feed.js';
import { Lookout } from './lookout.js';
import { type EventStoreDbOptions } from './options.js';
import { pause } from './pause.js';
import { collect, DEFAULT_BATCH, end, fromPosition, head, pageAfter, pagesOf, readAll, wantedBy } from './read-all.js';
import { type Reader, readOn } from './read-on.js';
import { readStream } from './read-stream.js';
import { isOurs, NAMESPACES_STREAM, positionOf, toRecorded } from './record.js';
import { type Pages } from './shared-pages.js';
import { extended, type Sighted, type Tail, tailOf } from './tail.js';

/**
 * Reads on by pages to the end, then follows what the server pushes; when that ends, for whatever reason, from the start:
 * the client never subscribes again by itself. A position is only ever one of an event read or received: what servers tell
 * of how far they have looked was wrong in many ways. How far it has come where nothing it asked for comes, the lookout tells.
 */
const subscribe =
  ({ options: { backOff } }: Connection, pages: Pages, live: LiveFeed): EventFeed['subscribe'] =>
  (after: Position, handle: (batch: FeedBatch) => Promise<void>, options: FeedOptions = {}) => {
    const ending = new AbortController();
    const { signal } = ending;
    const buffer = new BatchBuffer(after, options.batchSize ?? DEFAULT_BATCH);
    const reader: Reader = { buffer, streamPrefixes: options.streamPrefixes, wants: wantedBy(options), seen: after };
    const leave = live.join(reader);

    const receiving = async (): Promise<void> => {
      for (let failures = 0; !signal.aborted;) {
        const before = reader.seen;
        if (buffer.isFull()) await buffer.untilRoom(signal);
        const read = live.covers(reader.seen) ? 'at hand' : await readOn(pages, reader, signal);
        const over = read === 'failed' ? read : await live.follow(reader, signal).catch(() => 'failed' as const);
        buffer.fellBehind();
        if (reader.seen > before) failures = 0;
        if (over === 'failed') await pause(backOff, failures++, signal);
      }
    };
    const handling = async (): Promise<void> => {
      for (let failures = 0; !signal.aborted;) {
        const batch = await buffer.next(signal);
        if (batch === null) return;
        try {
          await handle(batch);
          buffer.handled();
          failures = 0;
        } catch {
          await pause(backOff, failures++, signal);
        }
      }
    };
    const done = Promise.all([receiving(), handling()]);
    return {
      stop: async () => {
        ending.abort();
        leave();
        await done;
      },
    };
  };

interface Shops {
  /** Their namespaces. */
  readonly named: ReadonlyArray<string>;
  /** Whether one has none, and reads all events. */
  readonly hasUnnamed: boolean;
}

const MOST = 1_000;
/** Every shop without a namespace that has sold something has this stream. */
const SIGN_OF_A_SHOP = 'seals-history';

/** Who is in this store, by its own names of streams. Left while it cannot be read. */
const shopsIn = async (store: EventStore): Promise<E.Either<'EventStoreUnavailable', Shops>> => {
  const taken = await store.readStream(NAMESPACES_STREAM, 0, MOST)();
  if (E.isLeft(taken)) return taken;
  const sign = await store.lastRevision(SIGN_OF_A_SHOP)();
  if (E.isLeft(sign)) return sign;
  const named = taken.right.flatMap(({ event }) =>
    'namespace' in event && typeof event.namespace === 'string' ? [event.namespace] : [],
  );
  return E.right({ named: [...new Set(named)], hasUnnamed: sign.right > BEGINNING });
};

/** Writes down that a shop of this namespace is here from now on. Two that begin at once write one after the other. */
const addShop = async (store: EventStore, namespace: string, id: string): Promise<E.Either<string, void>> => {
  for (;;) {
    const last = await store.lastRevision(NAMESPACES_STREAM)();
    if (E.isLeft(last)) return last;
    const taken = { type: 'NamespaceTaken', namespace };
    const added = await store.append(NAMESPACES_STREAM, Math.max(last.right, NO_STREAM), [
      { id, event: taken, metadata: { correlationId: id } },
    ])();
    if (E.isRight(added)) return E.right(undefined);
    if (added.left !== 'RevisionConflict') return added;
  }
};

interface Streams {
  readonly store: EventStore;
  readonly feed: EventFeed;
}

/**
 * The streams of one shop among those of others: `namespace` stands before each stream there, and before none that is seen
 * here. Positions are those of all events; of what others record only the position is learnt.
 */
const inNamespace = (namespace: string, { store, feed }: Streams): Streams => {
  if (namespace === '') return { store, feed };
  const there = (streamId: string): string => namespace + streamId;
  const here = (event: RecordedEvent): RecordedEvent => ({
    ...event,
    streamId: event.streamId.slice(namespace.length),
  });
  const batchHere = (batch: FeedBatch): FeedBatch => ({ ...batch, events: batch.events.map(here).filter(isOurs) });
  const optionsThere = ({ streamPrefixes = [''], ...options }: FeedOptions = {}): FeedOptions => ({
    ...options,
    streamPrefixes: streamPrefixes.map(there),
  });
  return {
    store: {
      append: (streamId, expected, events) => store.append(there(streamId), expected, events),
      readStream: (streamId, from, limit) =>
        TE.map((events: ReadonlyArray<RecordedEvent>) => events.map(here))(
          store.readStream(there(streamId), from, limit),
        ),
      lastRevision: (streamId) => store.lastRevision(there(streamId)),
      keepFor: (streamId, seconds) => store.keepFor(there(streamId), seconds),
    },
    feed: {
      subscribe: (after, handle, options) =>
        feed.subscribe(after, (batch) => handle(batchHere(batch)), optionsThere(options)),
      read: (after, options) => TE.map(batchHere)(feed.read(after, optionsThere(options))),
      at: (positions) => TE.map((events: ReadonlyArray<RecordedEvent>) => events.map(here))(feed.at(positions)),
      head: feed.head,
      end: feed.end,
    },
  };
};

/** Where more than this came since the last look, looking from the end is cheaper. */
const PAGES = 5;

/**
 * The tail of all events, going on from the one known: at rest this reads one event. Rejects when the server does not answer;
 * nobody waits for this.
 */
const readTail =
  (connection: Connection) =>
  (known: Tail | null): Promise<Tail> => {
    const client = connection.clients.current();
    const backwards = async (wait: Wait): Promise<Tail> => {
      const last = await collect(
        client.readAll({ direction: BACKWARDS, fromPosition: END, maxCount: DEFAULT_BATCH }),
        wait,
      );
      const inOrder = last.map(({ streamId, position }) => ({ streamId, position: positionOf(position) })).reverse();
      return tailOf(inOrder, DEFAULT_BATCH);
    };
    const onwards = async (from: Tail, wait: Wait): Promise<Tail> => {
      const following: Sighted[] = [];
      for (let page = 1, after = from.position; page <= PAGES; page++) {
        const { received, position, caughtUp } = await pageAfter(client, wait, after, DEFAULT_BATCH);
        following.push(...received.map(({ event }) => event));
        if (caughtUp) return extended(from, following);
        after = position;
      }
      return backwards(wait);
    };
    return inTime(connection.options.timeoutMs, (wait) => (known === null ? backwards(wait) : onwards(known, wait)));
  };

/** Read at the same time, of one call. */
const AT_ONCE = 16;

/**
 * Events that came in recently need no call: clients that reconnect after an interruption ask for those. For every other position
 * the first event from there on is read. If it has another position, the event was dropped; if there is none, this node is behind.
 */
const readAt =
  (connection: Connection, live: Pick<LiveFeed, 'recently'>): EventFeed['at'] =>
  (positions) =>
  async () => {
    const wanted = [...new Set(positions)].sort((one, other) => one - other);
    const found = wanted.flatMap((position) => live.recently(position) ?? []);
    const known = new Set(found.map(({ position }) => position));
    const waiting = wanted.filter((position) => !known.has(position));
    while (waiting.length > 0) {
      const answers = await Promise.all(
        waiting.splice(0, AT_ONCE).map(async (position) => {
          const read = await connection.attempt((client, wait) =>
            collect(client.readAll({ fromPosition: fromPosition(position), maxCount: 1 }), wait),
          );
          if (E.isLeft(read) || read.right[0] === undefined) return E.left('EventStoreUnavailable' as const);
          const [event] = read.right;
          const at = positionOf(event.position);
          return E.right(at === position ? [toRecorded(event, at)] : []);
        }),
      );
      for (const answer of answers) {
        if (E.isLeft(answer)) return answer;
        found.push(...answer.right);
      }
    }
    return E.right(found.sort((one, other) => one.position - other.position));
  };

/** The stream's $maxAge. The server hides older events at once and drops them when it is scavenged. */
const keepFor =
  (connection: Connection): EventStore['keepFor'] =>
  (streamId, seconds) =>
  async () => {
    const set = await connection.attempt(async (client) => {
      const { metadata } = await client.getStreamMetadata(streamId);
      if (metadata?.maxAge === seconds) return;
      await client.setStreamMetadata(streamId, { maxAge: seconds }, connection.asUser);
    });
    return E.isRight(set) ? E.right(undefined) : E.left('EventStoreUnavailable');
  };

export interface EventStoreDb {
  readonly store: EventStore;
  readonly feed: EventFeed;
  readonly keys: DataKeys;
  /** Asks the server for its head, with the timeout of every call. */
  readonly health: () => Promise<'ok' | 'down'>;
  /** Why it cannot be used, in a sentence that says what to change; null when it can. Within 5 s. */
  readonly findFault: () => Promise<Fault | null>;
  /** Which release the server is; null where it does not say, or not within 2 s. */
  readonly version: () => Promise<string | null>;
  /** Which shops the server holds, whatever the namespace of this one. */
  readonly shops: () => Promise<E.Either<'EventStoreUnavailable', Shops>>;
  readonly addShop: (namespace: string, id: string) => Promise<E.Either<string, void>>;
  readonly close: () => Promise<void>;
}

const VERSION_MS = 2_000;

/** The event store on an EventStoreDB server or cluster. Connects when first used. */
export const openEventStoreDb = (options: EventStoreDbOptions): EventStoreDb => {
  const connection = new Connection(options);
  const live = new LiveFeed(connection, new Lookout(readTail(connection), connection.options.lookEveryMs));
  const pages = pagesOf(connection);
  const subscriptions = new Set<{ readonly stop: () => Promise<void> }>();
  const store: EventStore = {
    append: append(connection),
    readStream: readStream(connection),
    lastRevision: lastRevision(connection),
    keepFor: keepFor(connection),
  };
  const feed: EventFeed = {
    read: readAll(pages),
    at: readAt(connection, live),
    head: head(connection),
    end: end(connection),
    subscribe: (after, handle, feedOptions) => {
      const subscription = subscribe(connection, pages, live)(after, handle, feedOptions);
      subscriptions.add(subscription);
      return {
        stop: async () => {
          subscriptions.delete(subscription);
          await subscription.stop();
        },
      };
    },
  };
  return {
    ...inNamespace(connection.options.namespace, { store, feed }),
    version: () => inTime(VERSION_MS, () => connection.clients.current().serverVersion()).catch(() => null),
    shops: () => shopsIn(store),
    addShop: (namespace, id) => addShop(store, namespace, id),
    keys: dataKeys(connection),
    health: async () => (E.isRight(await feed.head()()) ? 'ok' : 'down'),
    findFault: () => findFault(connection),
    close: async () => {
      await Promise.all([...subscriptions].map(({ stop }) => stop()));
      await connection.clients.close();
    },
  };
};
