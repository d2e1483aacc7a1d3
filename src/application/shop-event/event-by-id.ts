import { either as E, option as O, type taskEither as TE } from 'fp-ts';
import { type ReadModels } from '../ports/read-models.js';
import { liveReader } from '../kernel/projection/live-reader.js';
import { type EventSeen } from './event-seen.js';
import { eventsView } from './events.js';

export type EventByIdError = { readonly code: 'EVENT_NOT_FOUND' | 'UNAVAILABLE' };

export type EventById = (eventId: string) => TE.TaskEither<EventByIdError, EventSeen>;

/** An event as it stands now. */
export const eventById = ({ readModels }: { readonly readModels: ReadModels }): EventById => {
  const reader = liveReader(readModels);
  return (eventId) => async () => {
    const found = await reader.get(eventsView, eventId)();
    if (E.isLeft(found)) return E.left({ code: 'UNAVAILABLE' });
    return O.isSome(found.right) ? E.right(found.right.value) : E.left({ code: 'EVENT_NOT_FOUND' });
  };
};
