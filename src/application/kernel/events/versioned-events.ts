import { taskEither as TE } from 'fp-ts';
import { type EventStore, type EventToAppend, type RecordedEvent } from '../../ports/event-store.js';
import { type EventFeed, type FeedBatch } from '../../ports/event-feed.js';
import { type EventRegistry } from './event-registry.js';

/** A list of what `change` makes of each, or the list as it is where nothing changes. */
const changing =
  <A>(change: (one: A) => A) =>
  (all: ReadonlyArray<A>): ReadonlyArray<A> => {
    let changed: A[] | null = null;
    all.forEach((one, index) => {
      const next = change(one);
      if (next !== one) (changed ??= all.slice(0, index)).push(next);
      else changed?.push(one);
    });
    return changed ?? all;
  };

/** Every event is read as it would be written today, whatever its version; what is stored does not change. */
export const versionedEvents = ({ today, writtenVersion }: EventRegistry) => {
  const read = changing<RecordedEvent>(today);
  const write = changing<EventToAppend>((one) => {
    const version = writtenVersion(one.event.type);
    return version === 1 ? one : { ...one, metadata: { ...one.metadata, version } };
  });
  const readBatch = (batch: FeedBatch): FeedBatch => {
    const events = read(batch.events);
    return events === batch.events ? batch : { ...batch, events };
  };
  return {
    eventStore: (store: EventStore): EventStore => ({
      append: (streamId, expected, events) => store.append(streamId, expected, write(events)),
      readStream: (streamId, from, limit) => TE.map(read)(store.readStream(streamId, from, limit)),
      lastRevision: (streamId) => store.lastRevision(streamId),
      keepFor: (streamId, seconds) => store.keepFor(streamId, seconds),
    }),
    feed: (feed: EventFeed): EventFeed => ({
      subscribe: (after, handle, options) => feed.subscribe(after, (batch) => handle(readBatch(batch)), options),
      read: (after, options) => TE.map(readBatch)(feed.read(after, options)),
      at: (positions) => TE.map(read)(feed.at(positions)),
      head: () => feed.head(),
      end: () => feed.end(),
    }),
  };
};
