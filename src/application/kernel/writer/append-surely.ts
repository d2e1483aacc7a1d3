import { either as E, type taskEither as TE } from 'fp-ts';
import {
  type Appended,
  type AppendError,
  BEGINNING,
  type EventStore,
  type EventToAppend,
  type Revision,
} from '../../ports/event-store.js';
import { inAppends } from './in-appends.js';

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
