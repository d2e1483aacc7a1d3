import { type taskEither as TE } from 'fp-ts';
import { type RecordedEvent, type Position } from './event-store.js';

export interface FeedBatch {
  /** In global order; may be empty when only the position moved (events of streams not asked for). */
  readonly events: ReadonlyArray<RecordedEvent>;
  /** Everything up to here has been seen. A subscriber resumes from this. */
  readonly position: Position;
  /** Nothing further was recorded when this batch was read. */
  readonly caughtUp: boolean;
}

export interface FeedOptions {
  /** Only streams whose id begins with one of these; all streams when absent. */
  readonly streamPrefixes?: ReadonlyArray<string>;
  /** At most this many events in a batch. Default 1,000. */
  readonly batchSize?: number;
}

export interface Subscription {
  /** Resolves when the batch being handled, if any, is done. No batch follows. */
  readonly stop: () => Promise<void>;
}
/** All events in one global order, from any position, for ever. */
export interface EventFeed {
  /**
   * First what is recorded, then what comes, each event once and without gaps, one batch at a time. A handler that
   * rejects is given the same batch again after a back-off. The subscription resumes by itself when the store was away.
   */
  readonly subscribe: (
    after: Position,
    handle: (batch: FeedBatch) => Promise<void>,
    options?: FeedOptions,
  ) => Subscription;
  /** One batch after `after`, without subscribing: for rebuilding and verifying. */
  readonly read: (after: Position, options?: FeedOptions) => TE.TaskEither<'EventStoreUnavailable', FeedBatch>;
  /**
   * The events at these positions, in order of position, without those that the store has dropped since. Each is looked up
   * by itself: for a few that lie apart. 'EventStoreUnavailable' also when the store has not come as far as one of them.
   */
  readonly at: (
    positions: ReadonlyArray<Position>,
  ) => TE.TaskEither<'EventStoreUnavailable', ReadonlyArray<RecordedEvent>>;
  /** The position of the last event recorded, or BEGINNING. */
  readonly head: () => TE.TaskEither<'EventStoreUnavailable', Position>;
  /** Where everything ends, with records that are the store's own: no position is ahead of it. Never before the head. */
  readonly end: () => TE.TaskEither<'EventStoreUnavailable', Position>;
}
