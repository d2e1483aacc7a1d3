import { NO_STREAM as EMPTY } from '@eventstore/db-client';
import { either as E } from 'fp-ts';
import { type AppendError, type Appended, BEGINNING, type EventStore } from '../../application/ports/event-store.js';
import { type Connection } from './connection.js';
import { appendErrorOf, isGivenUp } from './failures.js';
import { readPosition } from './read-stream.js';
import { positionOf, toEventData } from './record.js';

const MAX_EVENTS = 1_000;
const MAX_BYTES = 800_000;
/** Of the timeout: with less left, asking again would only be cut off. */
const LEAST_SHARE = 0.1;

/** Throws a RangeError beyond the port's caps: cutting an append up is the caller's to decide. */
const sizeOf = (events: ReadonlyArray<ReturnType<typeof toEventData>>): number => {
  if (events.length > MAX_EVENTS) throw new RangeError(`${events.length} events at once: at most ${MAX_EVENTS}`);
  const bytes = events.reduce((sum, event) => sum + Buffer.byteLength(JSON.stringify(event)), 0);
  if (bytes > MAX_BYTES) throw new RangeError(`${bytes} bytes at once: at most ${MAX_BYTES}`);
  return bytes;
};

/** For a repeated append some servers tell 0 or -1. */
const isTold = ({ commit }: { readonly commit: bigint }): boolean =>
  commit > 0n && commit <= BigInt(Number.MAX_SAFE_INTEGER);

export const append =
  (connection: Connection): EventStore['append'] =>
  (streamId, expected, events) =>
  async (): Promise<E.Either<AppendError, Appended>> => {
    if (events.length === 0) return E.right({ revision: expected, position: BEGINNING });
    const data = events.map(toEventData);
    const expectedRevision = expected === -1 ? EMPTY : BigInt(expected);
    const { timeoutMs } = connection.options;
    const until = performance.now() + timeoutMs;
    const timeLeft = (): number => until - performance.now();
    const write = () =>
      connection.attempt(
        (client) => client.appendToStream(streamId, data, { expectedRevision, ...connection.asUser }),
        timeLeft(),
      );

    return connection.bounded(sizeOf(data), async () => {
      let answer = await write();
      let isRepeated = false;
      while (E.isLeft(answer) && isGivenUp(answer.left) && timeLeft() > LEAST_SHARE * timeoutMs) {
        isRepeated = true;
        answer = await write();
      }
      if (E.isLeft(answer)) {
        const error = appendErrorOf(answer.left);
        // The first try may have been written, whatever keeps a later one from being.
        return E.left(isRepeated && error === 'EventStoreUnavailable' ? 'AppendOutcomeUnknown' : error);
      }
      // With an expected revision the last one follows from it, whatever a repeated append is answered.
      const revision = expected + events.length;
      const { position } = answer.right;
      if (position !== undefined && isTold(position)) return E.right({ revision, position: positionOf(position) });
      const found = await readPosition(connection, streamId, revision);
      return E.isRight(found) ? E.right({ revision, position: found.right }) : E.left('AppendOutcomeUnknown');
    });
  };
