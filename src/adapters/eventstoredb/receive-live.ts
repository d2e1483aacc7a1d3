import {
  type AllStreamResolvedEvent,
  type AllStreamSubscription,
  excludeSystemEvents,
  type Filter,
  streamNameFilter,
} from '@eventstore/db-client';
import { type FeedOptions } from '../../application/ports/event-feed.js';
import { type Connection } from './connection.js';
import { drained } from './drained.js';
import { isTooSlow, isUnreachable } from './failures.js';
import { type Lookout } from './lookout.js';
import { fromPosition } from './read-all.js';
import { type Reader } from './read-on.js';
import { followingOf, positionOf, toRecorded } from './record.js';

/** As seldom as it can be: nobody listens. */
const options = { checkpointInterval: 10_000 };

const filterOf = ({ streamPrefixes }: FeedOptions): Filter =>
  streamPrefixes === undefined
    ? excludeSystemEvents(options)
    : streamNameFilter({ prefixes: [...streamPrefixes], ...options });

/** Left behind: what follows is read by pages, at once. */
type Over = 'left behind' | 'failed';

/** What the end of a subscription comes to, and what operators hear of it. */
const overBy = (connection: Connection, error: unknown): Over => {
  if (isTooSlow(error)) {
    connection.often.tell({ level: 'info', what: 'a subscription fell behind and reads on by pages' });
    return 'left behind';
  }
  if (isUnreachable(error)) connection.outage.failed(error);
  else connection.often.tell({ level: 'warn', what: 'a subscription was dropped; it is taken up again', error });
  return 'failed';
};

/** Fills the buffer with what the server pushes until that ends or is aborted. A full buffer holds it back. */
export const receiveLive = (
  { connection, lookout }: { readonly connection: Connection; readonly lookout: Lookout },
  reader: Reader,
  { streamPrefixes }: FeedOptions,
  signal: AbortSignal,
): Promise<Over> =>
  new Promise((resolve) => {
    if (signal.aborted) return resolve('left behind');
    const { buffer } = reader;
    const stream: AllStreamSubscription = connection.clients.current().subscribeToAll({
      fromPosition: fromPosition(reader.seen),
      filter: filterOf({ streamPrefixes }),
    });
    let isOver = false;
    const end = (way: Over): void => {
      if (isOver) return;
      isOver = true;
      signal.removeEventListener('abort', abort);
      unwatch();
      void stream.unsubscribe().catch(() => undefined);
      resolve(way);
    };
    const dropped = (error: unknown): void => {
      if (!isOver) end(overBy(connection, error));
    };
    const abort = (): void => end('left behind');
    const receive = ({ event }: AllStreamResolvedEvent): void => {
      if (event === undefined || isOver) return;
      buffer.add(toRecorded(event, positionOf(event.position)), followingOf(event));
      reader.seen = Math.max(reader.seen, buffer.received);
      if (!buffer.isFull()) return;
      stream.pause();
      void buffer.untilRoom(signal).then(() => stream.resume());
    };
    // Who asked for all events hears of each: nothing is ever passed.
    const unwatch =
      streamPrefixes === undefined
        ? () => undefined
        : lookout.watch({
            streamPrefixes,
            seen: () => reader.seen,
            passed: (ours, seen) => {
              reader.seen = Math.max(reader.seen, seen);
              buffer.passed(ours);
              buffer.caughtUp();
            },
            lost: () => {
              // What waits here waits for its handler.
              if (!buffer.isFull()) end('left behind');
            },
          });
    signal.addEventListener('abort', abort);
    stream.on('data', (resolved: AllStreamResolvedEvent) => {
      try {
        receive(resolved);
      } catch (error) {
        dropped(error);
      }
    });
    stream.on('fellBehind', () => buffer.fellBehind());
    stream.on('caughtUp', () => void drained(stream).then(() => !isOver && buffer.caughtUp()));
    stream.on('error', dropped);
    stream.on('end', () => dropped(new Error('the server ended the subscription')));
    stream.on('close', () => dropped(new Error('the subscription was closed')));
  });
