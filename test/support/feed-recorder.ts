import { type Position, type RecordedEvent } from '../../src/application/ports/event-store.js';
import {
  type EventFeed,
  type FeedBatch,
  type FeedOptions,
  type Subscription,
} from '../../src/application/ports/event-feed.js';

/** A subscriber that remembers what it was given. */
export interface FeedRecorder extends Subscription {
  readonly batches: FeedBatch[];
  readonly events: RecordedEvent[];
  /** How far it has come: where another may go on. */
  readonly position: () => Position;
}

export const recordFeed = (feed: EventFeed, after: Position, options?: FeedOptions): FeedRecorder => {
  const batches: FeedBatch[] = [];
  const events: RecordedEvent[] = [];
  const { stop } = feed.subscribe(
    after,
    async (batch) => {
      batches.push(batch);
      events.push(...batch.events);
    },
    options,
  );
  return { batches, events, stop, position: () => batches.at(-1)?.position ?? after };
};
