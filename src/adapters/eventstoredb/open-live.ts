import {
  type AllStreamResolvedEvent,
  type AllStreamSubscription,
  excludeSystemEvents,
  type Filter,
  streamNameFilter,
} from '@eventstore/db-client';
import { type Position } from '../../application/ports/event-store.js';
import { type Received } from './batch-buffer.js';
import { type Connection } from './connection.js';
import { isTooSlow, isUnreachable } from './failures.js';
import { fromPosition } from './read-all.js';
import { followingOf, positionOf, toRecorded } from './record.js';

/**
 * When every event that came in has been handed over. The client tells of checkpoints the moment they come in, while events
 * sent before them may still wait in its stream: whoever takes the checkpoint for "seen until here" loses them for good.
 */
const drained = (stream: AllStreamSubscription): Promise<void> =>
  new Promise((resolve) => {
    if (stream.readableLength === 0) return resolve();
    const look = (): void => {
      if (stream.readableLength > 0) return;
      stream.off('data', look);
      resolve();
    };
    stream.on('data', look);
  });

/** Left behind: what follows is still at hand, or is read by pages, at once. */
export type Over = 'left behind' | 'failed';

/** Which streams the server sends; null: all but its own. */
export type Prefixes = ReadonlyArray<string> | null;

/** What a subscription tells; nothing after it was closed, or is over. */
export interface Live {
  readonly received: (received: Received) => void;
  /** More is recorded than was sent. */
  readonly fellBehind: () => void;
  readonly caughtUp: () => void;
  readonly over: (way: Over) => void;
}

/** As seldom as it can be: nobody listens. */
const options = { checkpointInterval: 10_000 };

const filterOf = (prefixes: Prefixes): Filter =>
  prefixes === null ? excludeSystemEvents(options) : streamNameFilter({ prefixes: [...prefixes], ...options });

/** What the end of a subscription comes to, and what operators hear of it. */
const overBy = ({ often, outage }: Connection, error: unknown): Over => {
  if (isTooSlow(error)) {
    often.tell({ level: 'info', what: 'a subscription fell behind and reads on by pages' });
    return 'left behind';
  }
  if (isUnreachable(error)) outage.failed(error);
  else often.tell({ level: 'warn', what: 'a subscription was dropped; it is taken up again', error });
  return 'failed';
};

/** What the server pushes behind a position, until what this answers is called. Throws if there is no client. */
export const openLive = (connection: Connection, after: Position, prefixes: Prefixes, live: Live): (() => void) => {
  const stream: AllStreamSubscription = connection.clients.current().subscribeToAll({
    fromPosition: fromPosition(after),
    filter: filterOf(prefixes),
  });
  let isOpen = true;
  const close = (): void => {
    isOpen = false;
    void stream.unsubscribe().catch(() => undefined);
  };
  const dropped = (error: unknown): void => {
    if (!isOpen) return;
    close();
    live.over(overBy(connection, error));
  };
  stream.on('data', ({ event }: AllStreamResolvedEvent) => {
    if (event === undefined || !isOpen) return;
    try {
      live.received({ event: toRecorded(event, positionOf(event.position)), following: followingOf(event) });
    } catch (error) {
      dropped(error);
    }
  });
  stream.on('fellBehind', () => isOpen && live.fellBehind());
  stream.on('caughtUp', () => void drained(stream).then(() => isOpen && live.caughtUp()));
  stream.on('error', dropped);
  stream.on('end', () => dropped(new Error('the server ended the subscription')));
  stream.on('close', () => dropped(new Error('the subscription was closed')));
  return close;
};
