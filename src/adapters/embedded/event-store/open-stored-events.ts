import { either as E, taskEither as TE } from 'fp-ts';
import { type RootDatabase } from 'lmdb';
import { type EventStore, type Position } from '../../../application/ports/event-store.js';
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

/** The events of an environment that another process writes to, up to the newest one at each call. `head` throws the errors of LMDB. */
export const openStoredFeed = (root: RootDatabase<unknown>) => {
  const tables = openTables(root);
  const head = (): Position => lastPosition(tables);
  const reader = new FeedReader(tables, null);
  const read: EventFeed['read'] = (after, options) => answering(() => reader.read(after, head(), options));
  const stream: EventStore['readStream'] = (streamId, from, limit) =>
    answering(() => readStream(tables, streamId, from, limit));
  return { head, read, readStream: stream };
};

/** The events of a data directory, read beside the process that has the directory. `head` is that of when it was opened. */
export const openStoredEvents = (directory: string): StoredEvents => {
  const root = openReadOnly(directory);
  const { head, ...reading } = openStoredFeed(root);
  const now = head();
  return { ...reading, head: () => TE.right(now), close: () => closeEnvironment(root) };
};
