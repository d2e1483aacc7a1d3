import { randomUUID } from 'node:crypto';
import { type EventStoreDBClient, jsonEvent, WrongExpectedVersionError } from '@eventstore/db-client';
import { either as E } from 'fp-ts';
import { type EventStore, NO_STREAM } from '../../application/ports/event-store.js';
import { type Connection } from './connection.js';

/** No stream ever gets here, so an append that expects it is always refused. */
const IMPOSSIBLE = BigInt(Number.MAX_SAFE_INTEGER);

/** Is refused, whoever may append. */
export const appendImpossible = (
  client: EventStoreDBClient,
  streamId: string,
  asUser: Connection['asUser'],
): Promise<unknown> => {
  const probe = jsonEvent({ id: randomUUID(), type: 'RevisionAsked', data: {} });
  return client.appendToStream(streamId, [probe], { expectedRevision: IMPOSSIBLE, ...asUser });
};

/**
 * Of a stream whose events all expired the server shows nothing, whichever way it is read. But it refuses an append at
 * a wrong revision with the current one, and that one it keeps for ever.
 */
export const lastRevision =
  (connection: Connection): EventStore['lastRevision'] =>
  (streamId) =>
  async () => {
    const answer = await connection.attempt((client) => appendImpossible(client, streamId, connection.asUser));
    if (E.isLeft(answer) && answer.left instanceof WrongExpectedVersionError) {
      const { actualVersion } = answer.left;
      return E.right(typeof actualVersion === 'bigint' ? Number(actualVersion) : NO_STREAM);
    }
    return E.left('EventStoreUnavailable');
  };
