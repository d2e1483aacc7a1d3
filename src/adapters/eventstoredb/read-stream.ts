import { either as E } from 'fp-ts';
import { BEGINNING, type EventStore, type Position } from '../../application/ports/event-store.js';
import { type Connection } from './connection.js';
import { isStreamNotFound } from './failures.js';
import { readToEnd } from './read-to-end.js';
import { positionOf, toRecorded } from './record.js';

/** An unknown stream is empty. Positions are known from servers of 22.6 on. */
export const readStream =
  (connection: Connection): EventStore['readStream'] =>
  (streamId, from, limit) =>
  async () => {
    const read = await connection.attempt(async (client, wait) => {
      const stream = client.readStream(streamId, { fromRevision: BigInt(from), maxCount: limit });
      return (await readToEnd(stream, wait)).flatMap(({ event }) =>
        event === undefined
          ? []
          : [toRecorded(event, event.position === undefined ? BEGINNING : positionOf(event.position))],
      );
    });
    if (E.isRight(read)) return read;
    return isStreamNotFound(read.left) ? E.right([]) : E.left('EventStoreUnavailable');
  };

/** Where an event that was written stands in the global order. Left also when it does not show. */
export const readPosition = async (
  connection: Connection,
  streamId: string,
  revision: number,
): Promise<E.Either<'EventStoreUnavailable', Position>> => {
  const read = await readStream(connection)(streamId, revision, 1)();
  if (E.isLeft(read)) return read;
  const [event] = read.right;
  return event === undefined || event.position === BEGINNING
    ? E.left('EventStoreUnavailable')
    : E.right(event.position);
};
