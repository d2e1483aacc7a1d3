import { either as E, option as O, type taskEither as TE } from 'fp-ts';
import { awaitOutcome, type Awaited, type AwaitOutcomePorts } from '../kernel/outcome/await-outcome.js';
import { liveReader } from '../kernel/projection/live-reader.js';
import { type EventSeen } from './events.js';
import { eventsView } from './events.js';

export type EventByIdError = { readonly code: 'EVENT_NOT_FOUND' | 'UNAVAILABLE' };

type Waiting = Pick<Awaited<EventByIdError, EventSeen>, 'waitMs' | 'signal'>;

/** An event as it stands now; held, where that is asked for, while it has not opened. */
export type EventById = (eventId: string, waiting?: Waiting) => TE.TaskEither<EventByIdError, EventSeen>;

export const eventById = (ports: AwaitOutcomePorts): EventById => {
  const reader = liveReader(ports.readModels);
  const wait = awaitOutcome(ports);
  return (eventId, waiting = { waitMs: 0 }) =>
    wait({
      view: eventsView.name,
      id: eventId,
      read: async () => {
        const found = await reader.get(eventsView, eventId)();
        if (E.isLeft(found)) return E.left({ code: 'UNAVAILABLE' });
        return O.isSome(found.right) ? E.right(found.right.value) : E.left({ code: 'EVENT_NOT_FOUND' });
      },
      isFinal: ({ status }) => status !== 'PENDING',
      ...waiting,
    });
};
