import { type EventFeed, type FeedBatch } from '../../../ports/event-feed.js';
import { type EventStore, type RecordedEvent } from '../../../ports/event-store.js';
import { orThrow } from '../../or-throw.js';
import { isParkingEvent, parkingStream, type StreamReleased } from './parking-aggregate.js';
import { type ParkedStreams } from './parked-streams.js';
import { CannotRead, type Parking } from './parking.js';

export interface ParkingFeedPorts {
  readonly feed: EventFeed;
  readonly eventStore: Pick<EventStore, 'readStream'>;
  readonly parkedStreams: ParkedStreams;
}

const PAGE = 500;

/**
 * The feed of one consumer, without the streams it cannot read. `look` is what the consumer makes of an event, before it
 * acts: what it throws at, it cannot read. A stream that is released is given again from where it was parked, in order, as
 * batches of their own (`isReplay`), before whatever comes next.
 */
export const parkingFeed = (
  { feed, eventStore, parkedStreams }: ParkingFeedPorts,
  consumer: string,
  look: (event: RecordedEvent) => unknown = () => undefined,
): EventFeed => {
  const own = parkingStream(consumer);

  const isRead = (parking: Parking, recorded: RecordedEvent): boolean => {
    if (!parking.admits(recorded)) return false;
    try {
      look(recorded);
      return true;
    } catch (error) {
      parking.park(recorded, error instanceof Error ? error.message : String(error));
      return false;
    }
  };

  const again = async (
    parking: Parking,
    { streamId, revision }: StreamReleased,
    before: number,
    handle: (events: ReadonlyArray<RecordedEvent>) => Promise<void>,
  ): Promise<void> => {
    for (let from = revision; ; from += PAGE) {
      const page = orThrow(await eventStore.readStream(streamId, from, PAGE)());
      const events = page.filter((recorded) => recorded.position < before && isRead(parking, recorded));
      await parking.settle();
      if (events.length > 0) await handle(events);
      if (page.length < PAGE) return;
    }
  };

  const subscribe: EventFeed['subscribe'] = (after, handle, options = {}) => {
    let parking: Parking | null = null;
    let handled = after;
    const act = async (parked: Parking | null, batch: FeedBatch): Promise<void> => {
      try {
        await handle(batch);
      } catch (error) {
        if (error instanceof CannotRead) parked?.park(error.recorded, error.message);
        // The batch comes again, then without that stream.
        throw error;
      }
    };
    const handleReadable = async (batch: FeedBatch): Promise<void> => {
      parking ??= await parkedStreams.open(consumer);
      const events: RecordedEvent[] = [];
      const released: Array<{ readonly event: StreamReleased; readonly position: number }> = [];
      for (const recorded of batch.events) {
        if (recorded.streamId !== own) {
          if (isRead(parking, recorded)) events.push(recorded);
        } else if (isParkingEvent(recorded.event) && recorded.event.type === 'StreamReleased') {
          parking.forget(recorded.event.streamId);
          released.push({ event: recorded.event, position: recorded.position });
        }
      }
      await parking.settle();
      for (const { event, position } of released)
        await again(parking, event, position, (replayed) =>
          act(parking, { events: replayed, position: handled, caughtUp: false, isReplay: true }),
        );
      await act(parking, events.length === batch.events.length ? batch : { ...batch, events });
      handled = batch.position;
    };
    const streamPrefixes = options.streamPrefixes && [...options.streamPrefixes, own];
    return feed.subscribe(after, handleReadable, { ...options, ...(streamPrefixes && { streamPrefixes }) });
  };

  return { ...feed, read: feed.read, head: feed.head, subscribe };
};
