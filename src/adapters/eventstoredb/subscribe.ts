import {
  type AllStreamSubscription,
  type AllStreamResolvedEvent,
  excludeSystemEvents,
  type Filter,
  type Position as StoredPosition,
  streamNameFilter,
} from '@eventstore/db-client';
import { type EventFeed, type FeedBatch, type FeedOptions } from '../../application/ports/event-feed.js';
import { type Position } from '../../application/ports/event-store.js';
import { BatchBuffer } from './batch-buffer.js';
import { type Connection } from './connection.js';
import { drained } from './drained.js';
import { type Lookout } from './lookout.js';
import { pause } from './pause.js';
import { DEFAULT_BATCH, fromPosition } from './read-all.js';
import { followingOf, positionOf, toRecorded } from './record.js';

/** Checkpoints tell how far the server has looked where nothing was asked for: every 32 × this many events, never at the end. */
const CHECKPOINT_INTERVAL = 10;

const filterOf = ({ streamPrefixes }: FeedOptions, checkpointReached: (at: StoredPosition) => void): Filter => {
  const options = {
    checkpointInterval: CHECKPOINT_INTERVAL,
    // The client waits for it. Never throws: an exception here would stall the subscription without a word.
    checkpointReached: async (stream: AllStreamSubscription, position: StoredPosition): Promise<void> => {
      await drained(stream);
      checkpointReached(position);
    },
  };
  return streamPrefixes === undefined
    ? excludeSystemEvents(options)
    : streamNameFilter({ prefixes: [...streamPrefixes], ...options });
};

/** Fills the buffer from the server until the stream ends, fails, or is aborted. The buffer holds the stream back. */
const receive = (
  connection: Connection,
  options: FeedOptions,
  buffer: BatchBuffer,
  signal: AbortSignal,
): Promise<unknown> =>
  new Promise((resolve) => {
    const stream: AllStreamSubscription = connection.clients.current().subscribeToAll({
      fromPosition: fromPosition(buffer.received),
      filter: filterOf(options, (position) => buffer.passed(positionOf(position))),
    });
    const over = (reason: unknown): void => {
      signal.removeEventListener('abort', abort);
      void stream.unsubscribe().catch(() => undefined);
      resolve(reason);
    };
    const abort = (): void => over(null);
    signal.addEventListener('abort', abort);
    stream.on('data', ({ event }: AllStreamResolvedEvent) => {
      if (event === undefined) return;
      buffer.add(toRecorded(event, positionOf(event.position)), followingOf(event));
      if (!buffer.isFull()) return;
      stream.pause();
      void buffer.untilRoom().then(() => stream.resume());
    });
    stream.on('caughtUp', () => void drained(stream).then(() => buffer.caughtUp()));
    stream.on('error', over);
    stream.on('end', () => over(new Error('the server ended the subscription')));
    stream.on('close', () => over(new Error('the subscription was closed')));
  });

/** Who asked for all events hears of each: nothing is ever passed. */
const watched = (lookout: Lookout, { streamPrefixes }: FeedOptions, buffer: BatchBuffer): (() => void) => {
  if (streamPrefixes === undefined) return () => undefined;
  return lookout.watch({
    streamPrefixes,
    received: () => buffer.received,
    passed: (position) => {
      buffer.passed(position);
      buffer.caughtUp();
    },
  });
};

/**
 * The client never subscribes again by itself, neither after `error` nor after `end`: this does, from the last event
 * received, with a back-off, until stopped. How far it has come where nothing it asked for comes, the lookout tells it.
 */
export const subscribe =
  (connection: Connection, lookout: Lookout): EventFeed['subscribe'] =>
  (after: Position, handle: (batch: FeedBatch) => Promise<void>, options: FeedOptions = {}) => {
    const ending = new AbortController();
    const { backOff, onNews } = connection.options;
    const buffer = new BatchBuffer(after, options.batchSize ?? DEFAULT_BATCH);
    const unwatch = watched(lookout, options, buffer);

    const receiving = async (): Promise<void> => {
      for (let failures = 0; !ending.signal.aborted; failures += 1) {
        const before = buffer.received;
        const reason = await receive(connection, options, buffer, ending.signal).catch((error: unknown) => error);
        if (ending.signal.aborted) return;
        if (buffer.received > before) failures = 0;
        onNews({ level: 'warn', what: 'subscription dropped', error: reason });
        await pause(backOff, failures, ending.signal);
      }
    };
    const handling = async (): Promise<void> => {
      for (let failures = 0; !ending.signal.aborted;) {
        const batch = await buffer.next(ending.signal);
        if (batch === null) return;
        try {
          await handle(batch);
          buffer.handled();
          failures = 0;
        } catch (error) {
          onNews({ level: 'warn', what: 'a batch was not handled', error });
          await pause(backOff, failures++, ending.signal);
        }
      }
    };
    const done = Promise.all([receiving(), handling()]);
    return {
      stop: async () => {
        ending.abort();
        unwatch();
        await done;
      },
    };
  };
