import { either as E, taskEither as TE } from 'fp-ts';
import { type RootDatabase } from 'lmdb';
import { type EventStore } from '../../../application/ports/event-store.js';
import { type EventFeed } from '../../../application/ports/event-feed.js';
import { closeEnvironment, openReadOnly } from '../environment/index.js';
import { FeedReader } from './read-feed.js';
import { readStream } from './read-stream.js';
import { lastPosition, openTables } from './tables.js';

export interface StoredEvents {
  readonly read: EventFeed['read'];
  readonly head: EventFeed['head'];
  readonly readStream: EventStore['readStream'];
  readonly close: () => Promise<void>;
}

const answering = <A>(read: () => A): TE.TaskEither<'EventStoreUnavailable', A> =>
  TE.fromIOEither(() => E.tryCatch(read, () => 'EventStoreUnavailable' as const));

/** The events of an environment that another process writes to, up to the newest one at each call. */
export const openStoredFeed = (root: RootDatabase<unknown>): Omit<StoredEvents, 'close'> => {
  const tables = openTables(root);
  const reader = new FeedReader(tables, null);
  return {
    head: () => answering(() => lastPosition(tables)),
    read: (after, options) => answering(() => reader.read(after, lastPosition(tables), options)),
    readStream: (streamId, from, limit) => answering(() => readStream(tables, streamId, from, limit)),
  };
};

/** The events of a data directory, read beside the process that has the directory. `head` is that of when it was opened. */
export const openStoredEvents = (directory: string): StoredEvents => {
  const root = openReadOnly(directory);
  const now = lastPosition(openTables(root));
  return { ...openStoredFeed(root), head: () => TE.right(now), close: () => closeEnvironment(root) };
};
