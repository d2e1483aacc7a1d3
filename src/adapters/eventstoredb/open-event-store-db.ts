import { either as E } from 'fp-ts';
import { type DataKeys } from '../../application/ports/data-keys.js';
import { type EventStore } from '../../application/ports/event-store.js';
import { type EventFeed } from '../../application/ports/event-feed.js';
import { append } from './append.js';
import { Connection } from './connection.js';
import { dataKeys } from './data-keys.js';
import { type Fault, findFault } from './find-fault.js';
import { inTime } from './in-time.js';
import { lastRevision } from './last-revision.js';
import { LiveFeed } from './live-feed.js';
import { Lookout } from './lookout.js';
import { type EventStoreDbOptions } from './options.js';
import { end, head, pagesOf, readAll } from './read-all.js';
import { readStream } from './read-stream.js';
import { subscribe } from './subscribe.js';
import { type Shops, shopsIn, addShop } from './shops.js';
import { inNamespace } from './in-namespace.js';
import { readTail } from './read-tail.js';
import { readAt } from './read-at.js';

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
