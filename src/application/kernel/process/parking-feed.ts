import { type EventStore, type Position, type RecordedEvent } from '../../ports/event-store.js';
import { type EventFeed, type Subscription } from '../../ports/event-feed.js';
import { orThrow } from '../or-throw.js';
import { type ParkedStreams } from './parking/parked-streams.js';
import { isParkingEvent, parkingStream, type StreamReleased } from './parking/parking-aggregate.js';
import { type Parking } from './parking/parking.js';
import { type Item, type Process } from './process.js';

export interface ParkingFeedPorts {
  readonly feed: EventFeed;
  readonly eventStore: Pick<EventStore, 'readStream'>;
  readonly parkedStreams: ParkedStreams;
}

/** Parks a stream from this event on. Rejects while that cannot be recorded. */
export type Park = (recorded: RecordedEvent, reason: string) => Promise<void>;

export interface ReadableBatch<Work> {
  /** Of the events there is something to do about, in global order. */
  readonly items: ReadonlyArray<Item<Work>>;
  /** Everything up to here has been seen. */
  readonly position: Position;
  /** Events of long ago, given again: they lie at or before `position`, and are acted upon all the same. */
  readonly isReplay: boolean;
  readonly park: Park;
}

const PAGE = 500;

/**
 * What a process follows, without the streams it cannot read. A stream that is released is given again from where it was
 * parked, in order, as batches of their own: after what came before its release, and before whatever comes next. What comes
 * next is looked at only then, because the stream may be parked again.
 */
export const readable = <Work>(
  { feed, eventStore, parkedStreams }: ParkingFeedPorts,
  { name, look, streamPrefixes, batchSize }: Pick<Process<Work>, 'name' | 'look' | 'streamPrefixes' | 'batchSize'>,
) => {
  const own = parkingStream(name);
  type Handle = (batch: ReadableBatch<Work>) => Promise<void>;

  const lookAt = (parking: Parking, recorded: RecordedEvent, isReplay: boolean): Work | null => {
    if (!parking.admits(recorded)) return null;
    try {
      return look(recorded, isReplay);
    } catch (error) {
      parking.park(recorded, error instanceof Error ? error.message : String(error));
      return null;
    }
  };

  const again = async (
    parking: Parking,
    { streamId, revision }: StreamReleased,
    before: Position,
    handle: (items: ReadonlyArray<Item<Work>>) => Promise<void>,
  ): Promise<void> => {
    for (let from = revision; ; from += PAGE) {
      const page = orThrow(await eventStore.readStream(streamId, from, PAGE)());
      const items: Item<Work>[] = [];
      for (const recorded of page) {
        const work = recorded.position < before ? lookAt(parking, recorded, true) : null;
        if (work !== null) items.push({ recorded, work });
      }
      await parking.settle();
      if (items.length > 0) await handle(items);
      if (page.length < PAGE) return;
    }
  };

  const subscribe = (after: Position, handle: Handle): Subscription => {
    let opened: Parking | null = null;
    let handled = after;
    return feed.subscribe(
      after,
      async ({ events, position }) => {
        const parking = (opened ??= await parkedStreams.open(name, after));
        const park: Park = async (recorded, reason) => {
          parking.park(recorded, reason);
          await parking.settle();
        };
        let items: Item<Work>[] = [];
        const handOver = async (upTo: Position): Promise<void> => {
          await parking.settle();
          await handle({ items, position: upTo, isReplay: false, park });
          items = [];
          handled = upTo;
        };
        let seen = handled;
        for (const recorded of events) {
          const { streamId, event, position: at } = recorded;
          // A batch that failed comes again as a whole.
          if (at <= handled) continue;
          if (streamId !== own) {
            const work = lookAt(parking, recorded, false);
            if (work !== null) items.push({ recorded, work });
          } else if (isParkingEvent(event) && event.type === 'StreamReleased') {
            await handOver(seen);
            parking.forget(event.streamId);
            await again(parking, event, at, (replayed) =>
              handle({ items: replayed, position: handled, isReplay: true, park }),
            );
            handled = at;
          }
          seen = at;
        }
        await handOver(position);
      },
      { streamPrefixes: [...streamPrefixes, own], ...(batchSize !== undefined && { batchSize }) },
    );
  };
  return { subscribe };
};
