import { taskEither as TE } from 'fp-ts';
import { type EventStore, type RecordedEvent } from '../../application/ports/event-store.js';
import { type EventFeed, type FeedBatch, type FeedOptions } from '../../application/ports/event-feed.js';
import { isOurs } from './record.js';

interface Streams {
  readonly store: EventStore;
  readonly feed: EventFeed;
}
/**
 * The streams of one shop among those of others: `namespace` stands before each stream there, and before none that is seen
 * here. Positions are those of all events; of what others record only the position is learnt.
 */
export const inNamespace = (namespace: string, { store, feed }: Streams): Streams => {
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
