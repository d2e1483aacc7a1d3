import { either as E } from 'fp-ts';
import { BEGINNING, type EventStore, type Position, type RecordedEvent } from '../../application/ports/event-store.js';
import { type Connection } from './connection.js';
import { isStreamNotFound } from './failures.js';
import { positionOf, toRecorded } from './record.js';

/** An unknown stream is empty. Positions are known from servers of 22.6 on. */
export const readStream =
  (connection: Connection): EventStore['readStream'] =>
  (streamId, from, limit) =>
  async () => {
    const read = await connection.attempt(async (client) => {
      const events: RecordedEvent[] = [];
      const stream = client.readStream(streamId, { fromRevision: BigInt(from), maxCount: limit });
      for await (const { event } of stream)
        if (event !== undefined)
          events.push(toRecorded(event, event.position === undefined ? BEGINNING : positionOf(event.position)));
      return events;
    });
    if (E.isRight(read)) return read;
    return isStreamNotFound(read.left) ? E.right([]) : E.left('EventStoreUnavailable');
  };

/** Where one event stands in the global order. */
export const readPosition = async (
  connection: Connection,
  streamId: string,
  revision: number,
): Promise<E.Either<'EventStoreUnavailable', Position>> => {
  const read = await readStream(connection)(streamId, revision, 1)();
  if (E.isLeft(read)) return read;
  return E.right(read.right[0]?.position ?? BEGINNING);
};
