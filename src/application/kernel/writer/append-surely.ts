import { either as E, type taskEither as TE } from 'fp-ts';
import {
  type Appended,
  type AppendError,
  BEGINNING,
  type EventBody,
  type EventStore,
  type EventToAppend,
  type Revision,
} from '../../ports/event-store.js';

const MOST_EVENTS = 1_000;
/** The store's cap is 800 kB, of which it needs a little itself. */
const MOST_BYTES = 750_000;
/** An event's id, metadata and field names, generously. */
const OVERHEAD = 500;

const sizeOfValue = (value: unknown): number => {
  if (typeof value === 'string') return value.length * 3;
  return typeof value === 'object' && value !== null ? JSON.stringify(value).length * 3 : 24;
};

/** An upper bound in bytes: three to a UTF-16 unit. Writing each event out as JSON to measure it would cost more than deciding it. */
const sizeOf = (event: EventBody): number => {
  const values: ReadonlyArray<unknown> = Object.values(event);
  let sum = OVERHEAD;
  for (const value of values) sum += sizeOfValue(value);
  return sum;
};

/**
 * The events in the order given, cut into pieces that one append can take. The events of one message share its metadata:
 * they are cut apart only where they are too many for one append by themselves.
 */
const inAppends = (events: ReadonlyArray<EventToAppend>): ReadonlyArray<ReadonlyArray<EventToAppend>> => {
  const sizes = events.map(({ event }) => sizeOf(event));
  const pieces: EventToAppend[][] = [];
  let [start, bytes] = [0, 0];
  const cutBefore = (end: number): void => {
    if (end > start) pieces.push(events.slice(start, end));
    [start, bytes] = [end, 0];
  };
  const isOver = (end: number, added: number): boolean =>
    end - start > MOST_EVENTS || (end - start > 1 && bytes + added > MOST_BYTES);

  for (let from = 0, end: number; from < events.length; from = end) {
    let whole = sizes[from] ?? 0;
    for (end = from + 1; end < events.length && events[end]?.metadata === events[from]?.metadata; end += 1)
      whole += sizes[end] ?? 0;
    if (isOver(end, whole)) cutBefore(from);
    for (let each = from; each < end; each += 1) {
      const size = sizes[each] ?? 0;
      if (isOver(each + 1, size)) cutBefore(each);
      bytes += size;
    }
  }
  cutBefore(events.length);
  return pieces;
};

/** Each waits for the adapter's own timeout, so this has an end. */
const TRIES = 5;

type Answer = E.Either<AppendError, Appended>;

const isUnknown = (answer: Answer): boolean => E.isLeft(answer) && answer.left === 'AppendOutcomeUnknown';
/** The result is certain: the append was written, or another append took its place. */
const isCertain = (answer: Answer): boolean => E.isRight(answer) || answer.left === 'RevisionConflict';

/** A refusal tells of its own try only: after a try of unknown outcome the first may still have been written. */
const untilKnown = async (append: TE.TaskEither<AppendError, Appended>): Promise<Answer> => {
  const first = await append();
  if (!isUnknown(first)) return first;
  for (let tries = 1; tries < TRIES; tries++) {
    const answer = await append();
    if (isCertain(answer)) return answer;
  }
  return E.left('AppendOutcomeUnknown');
};

/**
 * Appends any number of events, in as many appends as the store's caps ask for. An unknown outcome is followed by the
 * very same append again, a few times, and stays unknown until one of them is answered with success or a conflict.
 * 'EventStoreUnavailable' means that none of the events is written: where an earlier piece is, the answer is
 * 'AppendOutcomeUnknown'. Deciding again finds what was written by its ids.
 */
export const appendSurely =
  (eventStore: EventStore) =>
  (streamId: string, expected: Revision, events: ReadonlyArray<EventToAppend>): TE.TaskEither<AppendError, Appended> =>
  async () => {
    let appended: Appended = { revision: expected, position: BEGINNING };
    for (const [index, piece] of inAppends(events).entries()) {
      const answer = await untilKnown(eventStore.append(streamId, appended.revision, piece));
      if (E.isLeft(answer))
        return index > 0 && answer.left === 'EventStoreUnavailable' ? E.left('AppendOutcomeUnknown') : answer;
      appended = answer.right;
    }
    return E.right(appended);
  };
