import { either as E } from 'fp-ts';
import {
  type Appended,
  type AppendError,
  type EventStore,
  type EventToAppend,
  type Revision,
} from '../../../src/application/ports/event-store.js';

export type Expected = Revision | 'any';

/** The last revision of a stream, kept also when its events are not. */
export const lastRevision = async (store: EventStore, streamId: string): Promise<Revision> => {
  const last = await store.lastRevision(streamId)();
  if (E.isLeft(last)) throw new Error(last.left);
  return last.right;
};

const maxAgeOf = ({ event }: EventToAppend): number | null => {
  const maxAge: unknown = Reflect.get(event, '$maxAge');
  return typeof maxAge === 'number' ? maxAge : null;
};

/** Setting $maxAge on a metadata stream is what makes the server forget. */
const heedMetadata = async (
  store: EventStore,
  streamId: string,
  events: ReadonlyArray<EventToAppend>,
): Promise<void> => {
  const last = events.at(-1);
  const maxAge = last === undefined ? null : maxAgeOf(last);
  if (streamId.startsWith('$$') && maxAge !== null) await store.keepFor(streamId.slice(2), maxAge)();
};

export const append = async (
  store: EventStore,
  streamId: string,
  expected: Expected,
  events: ReadonlyArray<EventToAppend>,
): Promise<E.Either<AppendError, Appended>> => {
  for (;;) {
    const at = expected === 'any' ? await lastRevision(store, streamId) : expected;
    const answer = await store.append(streamId, at, events)();
    if (expected === 'any' && E.isLeft(answer) && answer.left === 'RevisionConflict') continue;
    if (E.isRight(answer)) await heedMetadata(store, streamId, events);
    return answer;
  }
};
