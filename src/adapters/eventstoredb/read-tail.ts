import { BACKWARDS, END } from '@eventstore/db-client';
import { type Connection } from './connection.js';
import { inTime, type Wait } from './in-time.js';
import { collect, pageAfter } from './read-all.js';
import { positionOf } from './record.js';
import { extended, type Tail, tailOf } from './tail.js';

/** A server tells every 320 events how far it has looked, at the latest after twice as many when it becomes live in between. */
const LAST = 1_000;
/** Where more than this came since the last look, the server tells often enough. */
const AT_ONCE = 400;

/**
 * The tail of all events, going on from the one known: at rest this reads one event. Null when so much came that it would
 * have to be read anew. Rejects when the server does not answer; the client is left alone, for nobody waits for this.
 */
export const readTail =
  (connection: Connection) =>
  (known: Tail | null): Promise<Tail | null> => {
    const client = connection.clients.current();
    const reading = async (wait: Wait): Promise<Tail | null> => {
      if (known !== null) return extended(known, await pageAfter(client, wait, known.position, AT_ONCE));
      const last = await collect(client.readAll({ direction: BACKWARDS, fromPosition: END, maxCount: LAST }), wait);
      const inOrder = last.map(({ streamId, position }) => ({ streamId, position: positionOf(position) })).reverse();
      return tailOf(inOrder, LAST);
    };
    return inTime(connection.options.timeoutMs, reading);
  };
