import { BACKWARDS, END } from '@eventstore/db-client';
import { type Connection } from './connection.js';
import { type Wait, inTime } from './in-time.js';
import { collect, DEFAULT_BATCH, pageAfter } from './read-all.js';
import { positionOf } from './record.js';
import { type Tail, tailOf, type Sighted, extended } from './tail.js';

/** Where more than this came since the last look, looking from the end is cheaper. */
const PAGES = 5;
/**
 * The tail of all events, going on from the one known: at rest this reads one event. Rejects when the server does not answer;
 * nobody waits for this.
 */
export const readTail =
  (connection: Connection) =>
  (known: Tail | null): Promise<Tail> => {
    const client = connection.clients.current();
    const backwards = async (wait: Wait): Promise<Tail> => {
      const last = await collect(
        client.readAll({ direction: BACKWARDS, fromPosition: END, maxCount: DEFAULT_BATCH }),
        wait,
      );
      const inOrder = last.map(({ streamId, position }) => ({ streamId, position: positionOf(position) })).reverse();
      return tailOf(inOrder, DEFAULT_BATCH);
    };
    const onwards = async (from: Tail, wait: Wait): Promise<Tail> => {
      const following: Sighted[] = [];
      for (let page = 1, after = from.position; page <= PAGES; page++) {
        const { received, position, caughtUp } = await pageAfter(client, wait, after, DEFAULT_BATCH);
        following.push(...received.map(({ event }) => event));
        if (caughtUp) return extended(from, following);
        after = position;
      }
      return backwards(wait);
    };
    return inTime(connection.options.timeoutMs, (wait) => (known === null ? backwards(wait) : onwards(known, wait)));
  };
