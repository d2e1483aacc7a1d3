import { either as E, type taskEither as TE } from 'fp-ts';
import { type Clock } from '../ports/clock.js';
import { type ReadModels } from '../ports/read-models.js';
import { liveReader } from '../kernel/projection/live-reader.js';
import { type OpenEvent } from './open-event.js';
import { eventsView } from './events.js';

export interface OpenDueEventsPorts {
  readonly readModels: ReadModels;
  readonly clock: Clock;
  readonly openEvent: OpenEvent;
}

const PAGE = 100;

/**
 * The recovery sweep: opens whatever should be open by now and is not, the longest overdue first. Answers how many it
 * opened; to be repeated every minute. It finds something only where the deadline was lost.
 */
export const openDueEvents = ({
  readModels,
  clock,
  openEvent,
}: OpenDueEventsPorts): TE.TaskEither<'ReadModelsUnavailable' | 'OpeningFailed', number> => {
  const reader = liveReader(readModels);
  return async () => {
    let opened = 0;
    for (let cursor: string | null = null; ;) {
      const query = { index: 'status', key: 'PENDING', to: clock.now(), limit: PAGE };
      const page = await reader.query(eventsView, { ...query, ...(cursor !== null && { cursor }) })();
      if (E.isLeft(page)) return page;
      for (const { eventId } of page.right.items) {
        const answer = await openEvent(eventId)();
        if (E.isLeft(answer)) return answer;
        if (answer.right === 'Opened') opened += 1;
      }
      cursor = page.right.nextCursor;
      if (cursor === null) return E.right(opened);
    }
  };
};
