import { either as E, type taskEither as TE } from 'fp-ts';
import {
  type Appended,
  type AppendError,
  BEGINNING,
  type EventStore,
  type EventToAppend,
  type Revision,
} from '../ports/event-store.js';
import { inAppends } from './in-appends.js';

/** Each waits for the adapter's own timeout, so this has an end. */
const TRIES = 5;

const untilKnown = async (append: TE.TaskEither<AppendError, Appended>): Promise<E.Either<AppendError, Appended>> => {
  let answer = await append();
  for (let tries = 1; tries < TRIES && E.isLeft(answer) && answer.left === 'AppendOutcomeUnknown'; tries++)
    answer = await append();
  return answer;
};

/**
 * Appends any number of events, in as many appends as the store's caps ask for. An unknown outcome is followed by the
 * very same append again, a few times; if it is still unknown then, the answer says so. After any error the first of
 * several appends may be written: whoever decides again finds them by their ids.
 */
export const appendSurely =
  (eventStore: EventStore) =>
  (streamId: string, expected: Revision, events: ReadonlyArray<EventToAppend>): TE.TaskEither<AppendError, Appended> =>
  async () => {
    let appended: Appended = { revision: expected, position: BEGINNING };
    for (const piece of inAppends(events)) {
      const answer = await untilKnown(eventStore.append(streamId, appended.revision, piece));
      if (E.isLeft(answer)) return answer;
      appended = answer.right;
    }
    return E.right(appended);
  };
