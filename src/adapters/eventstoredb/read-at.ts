import { either as E } from 'fp-ts';
import { type EventFeed } from '../../application/ports/event-feed.js';
import { type Connection } from './connection.js';
import { type LiveFeed } from './live-feed.js';
import { collect, fromPosition } from './read-all.js';
import { positionOf, toRecorded } from './record.js';

/** Read at the same time, of one call. */
const AT_ONCE = 16;
/**
 * Events that came in recently need no call: clients that reconnect after an interruption ask for those. For every other position
 * the first event from there on is read. If it has another position, the event was dropped; if there is none, this node is behind.
 */
export const readAt =
  (connection: Connection, live: Pick<LiveFeed, 'recently'>): EventFeed['at'] =>
  (positions) =>
  async () => {
    const wanted = [...new Set(positions)].sort((one, other) => one - other);
    const found = wanted.flatMap((position) => live.recently(position) ?? []);
    const known = new Set(found.map(({ position }) => position));
    const waiting = wanted.filter((position) => !known.has(position));
    while (waiting.length > 0) {
      const answers = await Promise.all(
        waiting.splice(0, AT_ONCE).map(async (position) => {
          const read = await connection.attempt((client, wait) =>
            collect(client.readAll({ fromPosition: fromPosition(position), maxCount: 1 }), wait),
          );
          if (E.isLeft(read) || read.right[0] === undefined) return E.left('EventStoreUnavailable' as const);
          const [event] = read.right;
          const at = positionOf(event.position);
          return E.right(at === position ? [toRecorded(event, at)] : []);
        }),
      );
      for (const answer of answers) {
        if (E.isLeft(answer)) return answer;
        found.push(...answer.right);
      }
    }
    return E.right(found.sort((one, other) => one.position - other.position));
  };
