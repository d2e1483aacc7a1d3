import { either as E } from 'fp-ts';
import { type AppendError, type Appended, BEGINNING, type EventStore } from '../../application/ports/event-store.js';
import { type Connection } from './connection.js';
import { appendErrorOf, isGivenUp } from './failures.js';
import { readPosition } from './read-stream.js';
import { toProposed } from './record.js';

const MAX_EVENTS = 1_000;
const MAX_BYTES = 800_000;
/** Of the timeout: with less left, asking again would only be cut off. */
const LEAST_SHARE = 0.1;

/** An event's type, its id and the names of its fields. */
const OVERHEAD = 100;

/** Throws a RangeError beyond the port's caps: cutting an append up is the caller's to decide. */
const sizeOf = (messages: ReadonlyArray<ReturnType<typeof toProposed>>): number => {
  if (messages.length > MAX_EVENTS) throw new RangeError(`${messages.length} events at once: at most ${MAX_EVENTS}`);
  const bytes = messages.reduce(
    (sum, message) => sum + message.getData().length + message.getCustomMetadata().length + OVERHEAD,
    0,
  );
  if (bytes > MAX_BYTES) throw new RangeError(`${bytes} bytes at once: at most ${MAX_BYTES}`);
  return bytes;
};

/** For a repeated append some servers tell 0 or -1. */
const isTold = (commit: bigint): boolean => commit > 0n && commit <= BigInt(Number.MAX_SAFE_INTEGER);

export const append =
  (connection: Connection): EventStore['append'] =>
  (streamId, expected, events) =>
  async (): Promise<E.Either<AppendError, Appended>> => {
    if (events.length === 0) return E.right({ revision: expected, position: BEGINNING });
    const messages = events.map(toProposed);
    const { timeoutMs } = connection.options;
    const until = performance.now() + timeoutMs;
    const timeLeft = (): number => until - performance.now();
    const write = () =>
      connection.attempt((client, { signal }) => client.append({ streamId, expected, messages }, signal), timeLeft());

    return connection.bounded(sizeOf(messages), async () => {
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
      const commit = answer.right;
      if (commit !== undefined && isTold(commit)) return E.right({ revision, position: Number(commit) });
      const found = await readPosition(connection, streamId, revision);
      return E.isRight(found) ? E.right({ revision, position: found.right }) : E.left('AppendOutcomeUnknown');
    });
  };
