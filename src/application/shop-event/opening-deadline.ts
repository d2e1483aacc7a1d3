import { either as E } from 'fp-ts';
import { type SaleEvent } from '../../domain/shop-event/events.js';
import { type Deadline, type DeadlineHandler, type DeadlineRule } from '../kernel/process/deadlines/deadline.js';
import { agreedNow, type AgreedNowPorts, type OpenEvent } from './open-event.js';
import { EVENT_STREAMS, isSaleEvent } from './sale-aggregate.js';

export const OPENING = 'event-opening';

const deadlineOf = (event: SaleEvent, id: string): Deadline | null => {
  switch (event.type) {
    case 'EventScheduled':
    case 'EventRescheduled':
      return { id, kind: OPENING, ref: { eventId: event.eventId }, dueAt: event.opensAt };
    case 'EventOpened':
    case 'EventClosed':
    case 'EventCancelled':
      return null;
  }
};

/** An event is due when it opens; it is done with when it has opened, or was called off. */
export const openingDeadlines: DeadlineRule = {
  version: 1,
  streamPrefixes: [EVENT_STREAMS],
  ids: ({ event }) => (isSaleEvent(event) ? [`${OPENING}/${event.eventId}`] : []),
  creates: ({ event }) => event.type === 'EventScheduled',
  fold: (deadline, { event }, id) => (isSaleEvent(event) ? deadlineOf(event, id) : deadline),
};

/** How soon an opening that came too early is tried again: when its time has come by all clocks, if that is soon. */
const [SOONEST_MS, LATEST_MS] = [10, 1_000];

/** Opens what is due. Too early for the aggregate: the clocks do not agree, so it waits. */
export const openWhenDue = (ports: AgreedNowPorts & { readonly openEvent: OpenEvent }): DeadlineHandler => {
  const untilAgreed = async (dueAt: number): Promise<number> => {
    const agreed = await agreedNow(ports)();
    const left = E.isLeft(agreed) ? 0 : dueAt - agreed.right;
    return Math.min(Math.max(left, SOONEST_MS), LATEST_MS);
  };
  return ({ ref, dueAt }, now) =>
    async () => {
      const opened = await ports.openEvent(ref['eventId'] ?? '')();
      if (E.isLeft(opened)) return E.left({ reason: opened.left });
      return opened.right === 'TooEarly'
        ? E.left({ reason: 'too early', notBefore: now + (await untilAgreed(dueAt)) })
        : E.right(undefined);
    };
};
