import { either as E } from 'fp-ts';
import {
  type Appended,
  type AppendError,
  type EventStore,
  type EventToAppend,
  NO_STREAM,
  type Revision,
} from '../../../src/application/ports/event-store.js';

export type Expected = Revision | 'any';

const PAGE = 1_000;

/** The last revision of a stream, by reading it: what the store under the stand-in keeps to itself. */
export const lastRevision = async (store: EventStore, streamId: string): Promise<Revision> => {
  for (let last = NO_STREAM; ;) {
    const page = await store.readStream(streamId, last + 1, PAGE)();
    if (E.isLeft(page)) throw new Error(page.left);
    last = page.right.at(-1)?.revision ?? last;
    if (page.right.length < PAGE) return last;
  }
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
