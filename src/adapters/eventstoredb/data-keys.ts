import { randomUUID } from 'node:crypto';
import {
  type AppendExpectedRevision,
  BACKWARDS,
  END,
  jsonEvent,
  NO_STREAM,
  WrongExpectedVersionError,
} from '@eventstore/db-client';
import { either as E, option as O } from 'fp-ts';
import { type DataKeys } from '../../application/ports/data-keys.js';
import { type Connection } from './connection.js';
import { isStreamNotFound } from './failures.js';
import { readToEnd } from './read-to-end.js';
import { KEY_STREAMS } from './record.js';

/** If two processes see a new user at once, the second finds the key of the first. */
const TRIES = 3;

const wrappedIn = (data: unknown): Buffer | null => {
  const wrapped: unknown = typeof data === 'object' && data !== null ? Reflect.get(data, 'wrapped') : undefined;
  return typeof wrapped === 'string' ? Buffer.from(wrapped, 'base64') : null;
};

/**
 * A stream for each user's key, with one event. Destroying the key deletes the stream: nobody can read it from then on, and the server
 * drops its bytes when it is scavenged.
 */
export const dataKeys = (connection: Connection): DataKeys => {
  const streamOf = (userId: string): string => `${connection.options.namespace}${KEY_STREAMS}${userId}`;
  const find: DataKeys['find'] = (userId) => async () => {
    const read = await connection.attempt((client, wait) =>
      readToEnd(client.readStream(streamOf(userId), { direction: BACKWARDS, fromRevision: END, maxCount: 1 }), wait),
    );
    if (E.isRight(read)) return E.right(O.fromNullable(wrappedIn(read.right[0]?.event?.data)));
    return isStreamNotFound(read.left) ? E.right(O.none) : E.left('DataKeysUnavailable');
  };

  /** A deleted stream continues at the revision where it ended; only a refused append says which. */
  const offerAt = async (
    userId: string,
    wrapped: Uint8Array,
    expectedRevision: AppendExpectedRevision,
    tries: number,
  ): Promise<E.Either<'DataKeysUnavailable', Uint8Array>> => {
    const data = { wrapped: Buffer.from(wrapped).toString('base64') };
    const kept = jsonEvent({ id: randomUUID(), type: 'PersonalKeyKept', data });
    const appended = await connection.attempt((client) =>
      client.appendToStream(streamOf(userId), [kept], { expectedRevision, ...connection.asUser }),
    );
    if (E.isRight(appended)) return E.right(wrapped);
    if (tries === 0 || !(appended.left instanceof WrongExpectedVersionError)) return E.left('DataKeysUnavailable');
    const { actualVersion } = appended.left;
    const found = await find(userId)();
    if (E.isLeft(found)) return found;
    if (O.isSome(found.right)) return E.right(found.right.value);
    return offerAt(userId, wrapped, typeof actualVersion === 'bigint' ? actualVersion : NO_STREAM, tries - 1);
  };

  return {
    find,
    offer: (userId, wrapped) => () => offerAt(userId, wrapped, NO_STREAM, TRIES),
    destroy: (userId) => async () => {
      const found = await find(userId)();
      if (E.isLeft(found)) return found;
      if (O.isNone(found.right)) return E.right(false);
      const deleted = await connection.attempt((client) => client.deleteStream(streamOf(userId), connection.asUser));
      return E.isRight(deleted) ? E.right(true) : E.left('DataKeysUnavailable');
    },
  };
};
