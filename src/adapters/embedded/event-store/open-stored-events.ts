import { either as E, type taskEither as TE } from 'fp-ts';
import { type EventFeed } from '../../../application/ports/event-feed.js';
import { BEGINNING, type EventStore } from '../../../application/ports/event-store.js';
import { openReadOnly } from '../environment/index.js';
import { FeedReader } from './read-feed.js';
import { readStream } from './read-stream.js';
import { RecentEvents } from './recent-events.js';
import { openTables } from './tables.js';

export interface StoredEvents {
  readonly read: EventFeed['read'];
  readonly head: EventFeed['head'];
  readonly readStream: EventStore['readStream'];
  readonly close: () => Promise<void>;
}

/** The events of a data directory up to the last one there is now, read beside the process that has the directory. */
export const openStoredEvents = (directory: string): StoredEvents => {
  const root = openReadOnly(directory);
  const tables = openTables(root);
  const [head = BEGINNING] = tables.records.getKeys({ reverse: true, limit: 1 });
  const reader = new FeedReader(tables, new RecentEvents(head, 0));
  const answering =
    <A>(read: () => A): TE.TaskEither<'EventStoreUnavailable', A> =>
    async () =>
      E.tryCatch(read, () => 'EventStoreUnavailable' as const);
  return {
    read: (after, options) => answering(() => reader.read(after, head, options)),
    head: () => answering(() => head),
    readStream: (streamId, from, limit) => answering(() => readStream(tables, streamId, from, limit)),
    close: () => root.close(),
  };
};
