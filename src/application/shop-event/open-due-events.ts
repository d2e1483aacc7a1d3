import { either as E, type taskEither as TE } from 'fp-ts';
import { liveReader } from '../kernel/projection/live-reader.js';
import { type OpenedEvent, type OpenEvent } from './open-event.js';
import { eventsView } from './events.js';
import { type Ports } from '../ports/ports.js';

export interface OpenDueEventsPorts extends Pick<Ports, 'readModels' | 'clock' | 'logger'> {
  readonly openEvent: OpenEvent;
}

const PAGE = 100;

/**
 * The recovery sweep: opens whatever should be open by now and is not, the longest overdue first. One that cannot be opened
 * keeps none of the others closed; then the answer is 'OpeningFailed'. Else it is how many were opened. To be repeated every
 * minute. It finds something only where the deadline was lost.
 */
export const openDueEvents = ({
  readModels,
  clock,
  openEvent,
  logger,
}: OpenDueEventsPorts): TE.TaskEither<'ReadModelsUnavailable' | 'OpeningFailed', number> => {
  const reader = liveReader(readModels);
  const open = async (eventId: string): Promise<E.Either<'OpeningFailed', OpenedEvent>> => {
    try {
      return await openEvent(eventId)();
    } catch (error) {
      logger.warn({ eventId, err: error }, 'An event that is due cannot be opened; the next one is looked at');
      return E.left('OpeningFailed');
    }
  };
  return async () => {
    let [opened, failed] = [0, 0];
    const due = { index: 'status', key: 'PENDING', to: clock.now(), limit: PAGE };
    for await (const page of reader.pages(eventsView, due)) {
      if (E.isLeft(page)) return page;
      for (const { eventId } of page.right) {
        const answer = await open(eventId);
        if (E.isLeft(answer)) failed += 1;
        else if (answer.right === 'Opened') opened += 1;
      }
    }
    return failed > 0 ? E.left('OpeningFailed') : E.right(opened);
  };
};
