import { either as E } from 'fp-ts';
import { type OrderTerms } from '../../../domain/order/events.js';
import { type CompleteVisit } from '../../waiting-room/complete-visit.js';
import { type ScheduleOfEvent } from '../../waiting-room/require-active.js';
import { eventsOfLines, type EventOfProduct } from '../stock/events-of-lines.js';
import { type Carried, withClaims, waits } from './run.js';

export interface CompleteVisitsPorts {
  readonly eventOfProduct: EventOfProduct;
  readonly scheduleOfEvent: ScheduleOfEvent;
  readonly completeVisit: CompleteVisit;
}

/**
 * A confirmed order is what its user came for: their place in every waiting room it was behind goes to the next in line.
 * Repeating it changes nothing: a place they took after the order is another visit.
 */
export const completeVisits = ({ eventOfProduct, scheduleOfEvent, completeVisit }: CompleteVisitsPorts) => {
  const eventsOf = eventsOfLines(eventOfProduct);
  return async (terms: OrderTerms, correlationId: string): Carried => {
    const { userId, at: joinedBefore } = terms;
    const events = await eventsOf(terms)();
    if (E.isLeft(events)) return waits('COMPLETE_VISIT', events.left);
    for (const eventId of events.right) {
      const schedule = await scheduleOfEvent(eventId)();
      if (E.isLeft(schedule)) return waits('COMPLETE_VISIT', schedule.left);
      if (schedule.right === null) continue;
      const visit = { scheduleId: schedule.right, userId, joinedBefore, correlationId };
      const completed = await completeVisit(visit)();
      if (E.isLeft(completed)) return waits('COMPLETE_VISIT', completed.left.code);
    }
    return E.right(withClaims({ visits: 'Completed' }));
  };
};
