import { either as E } from 'fp-ts';
import { type SaleEvent } from '../../domain/event/events.js';
import { type Deadline, type DeadlineRule } from '../deadlines/deadline.js';
import { type DeadlineHandler } from '../deadlines/handler.js';
import { EVENT_STREAMS } from './event-streams.js';
import { type OpenEvent } from './open-event.js';
import { isSaleEvent } from './sale-aggregate.js';

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

/** How soon an opening that came too early is tried again. */
const EARLY_MS = 10;

/** Opens what is due. Too early for the aggregate: this clock and the one that looked do not agree, so it waits. */
export const openWhenDue =
  (openEvent: OpenEvent): DeadlineHandler =>
  ({ ref }, now) =>
  async () => {
    const opened = await openEvent(ref['eventId'] ?? '')();
    if (E.isLeft(opened)) return E.left({ reason: opened.left });
    return opened.right === 'TooEarly'
      ? E.left({ reason: 'too early', notBefore: now + EARLY_MS })
      : E.right(undefined);
  };
