import { either as E, type taskEither as TE } from 'fp-ts';
import { type EventBody, type EventStore, type Position } from '../../ports/event-store.js';
import { sameJson } from './same-json.js';

const untimed = (event: EventBody): object => ({ ...event, at: null });

/**
 * Whether a stream was begun with this very event, whenever that was: then creating it again is the same call repeated, and
 * not another's. Answers where the stream's first event stands; null when it is another one.
 */
export const begunWith =
  (eventStore: Pick<EventStore, 'readStream'>) =>
  (streamId: string, event: EventBody): TE.TaskEither<'EventStoreUnavailable', Position | null> =>
  async () => {
    const read = await eventStore.readStream(streamId, 0, 1)();
    if (E.isLeft(read)) return read;
    const [first] = read.right;
    return E.right(first !== undefined && sameJson(untimed(first.event), untimed(event)) ? first.position : null);
  };
