import { either as E, type taskEither as TE } from 'fp-ts';
import { z } from 'zod';
import { type ChangeEvent, type RescheduleEvent } from '../../../application/shop-event/change-event.js';
import { type EventById } from '../../../application/shop-event/event-by-id.js';
import { type ScheduleEvent } from '../../../application/shop-event/schedule-event.js';
import { type EventSeen } from '../../../application/shop-event/events.js';
import { type Answer, found, json, problem } from '../answer.js';
import { type Exchange } from '../exchange.js';
import { type Refusal, refused } from '../problems.js';
import { listensToPrefer, type LongPoll } from '../long-poll.js';
import { route, type Route } from '../route.js';
import { whoAndWhy, id, iso, isoOrNull, idOut, text, timeIn, timeOut, named } from '../schemas/fields.js';

const newEvent = named('NewEvent', {
  eventId: id.exactOptional(),
  name: text(200),
  opensAt: timeIn.describe('A time already past opens it at once.'),
  scheduleId: id.nullish().describe('The waiting room in front of it.'),
});

export const event = named('Event', {
  eventId: idOut,
  name: z.string(),
  status: z.enum(['PENDING', 'OPEN', 'CLOSED', 'CANCELLED']),
  opensAt: timeOut,
  openedAt: timeOut.nullable().describe('When it really opened.'),
  scheduleId: idOut.nullable(),
});

/** Why it ends is for the audit trail. */
const eventEnding = named('EventEnding', whoAndWhy);
const newOpening = named('NewOpening', { opensAt: timeIn });

type EventError =
  | { readonly code: 'EVENT_EXISTS' | 'EVENT_NOT_FOUND' | 'INVALID_EVENT_STATE' | 'UNAVAILABLE' }
  | { readonly code: 'OUTCOME_UNKNOWN'; readonly eventId: string };

const eventUrl = (eventId: string): string => `/api/events/${eventId}`;

const refusal = (error: EventError): Refusal =>
  error.code === 'OUTCOME_UNKNOWN'
    ? refused(error.code, { eventId: error.eventId, statusUrl: eventUrl(error.eventId) })
    : refused(error.code);

const shown = ({ opensAt, openedAt, ...seen }: EventSeen) => ({
  ...seen,
  opensAt: iso(opensAt),
  openedAt: isoOrNull(openedAt),
});

const answer = async (call: TE.TaskEither<EventError, EventSeen>, { language }: Exchange): Promise<Answer> => {
  const done = await call();
  return E.isLeft(done) ? problem(refusal(done.left), language) : json(200, shown(done.right));
};

const shared = {
  tag: 'Events',
  params: z.object({ eventId: id }),
  answers: { 200: { description: 'The event as it is then', schema: event } },
} as const;

const endRoute = (verb: 'close' | 'cancel', summary: string, end: ChangeEvent): Route =>
  route({
    ...shared,
    method: 'post',
    path: `/api/events/:eventId/${verb}`,
    access: 'operator',
    summary,
    body: eventEnding,
    problems: ['EVENT_NOT_FOUND', 'INVALID_EVENT_STATE', 'UNAVAILABLE', 'OUTCOME_UNKNOWN'],
    handle: ({ params }, exchange) => answer(end({ ...params, correlationId: exchange.requestId }), exchange),
  });

/** Events of the shop: what is tied to one sells only while it is open. */
export const eventRoutes = (
  useCases: {
    readonly scheduleEvent: ScheduleEvent;
    readonly eventById: EventById;
    readonly rescheduleEvent: RescheduleEvent;
    readonly closeEvent: ChangeEvent;
    readonly cancelEvent: ChangeEvent;
  },
  longPoll: LongPoll,
): ReadonlyArray<Route> => [
  route({
    tag: 'Events',
    method: 'post',
    path: '/api/events',
    access: 'operator',
    summary: 'Schedule an event; it opens by itself',
    body: newEvent,
    answers: { 201: { description: 'The event', schema: event, headers: ['Location'] } },
    problems: ['EVENT_EXISTS', 'UNAVAILABLE', 'OUTCOME_UNKNOWN'],
    handle: async ({ body }, { requestId: correlationId, language, repeatableId }) => {
      const { eventId = repeatableId, scheduleId = null, ...said } = body;
      const wanted = { ...said, scheduleId, ...(eventId !== undefined && { eventId }) };
      const scheduled = await useCases.scheduleEvent({ ...wanted, correlationId })();
      if (E.isLeft(scheduled)) return problem(refusal(scheduled.left), language);
      return json(201, shown(scheduled.right), { Location: eventUrl(scheduled.right.eventId) });
    },
  }),
  route({
    ...shared,
    method: 'get',
    access: 'public',
    path: '/api/events/:eventId',
    summary: 'An event: when it opens, whether it is open',
    listensTo: listensToPrefer,
    problems: ['EVENT_NOT_FOUND', 'UNAVAILABLE'],
    handle: ({ params }, exchange) =>
      longPoll(exchange, (until) => found(useCases.eventById(params.eventId, until), exchange, shown)),
  }),
  route({
    ...shared,
    method: 'patch',
    path: '/api/events/:eventId',
    access: 'operator',
    summary: 'Move the opening of an event that has not opened',
    body: newOpening,
    problems: ['EVENT_NOT_FOUND', 'INVALID_EVENT_STATE', 'UNAVAILABLE', 'OUTCOME_UNKNOWN'],
    handle: ({ params, body }, exchange) =>
      answer(useCases.rescheduleEvent({ ...params, ...body, correlationId: exchange.requestId }), exchange),
  }),
  endRoute('close', 'End an event that is open', useCases.closeEvent),
  endRoute('cancel', 'Call an event off', useCases.cancelEvent),
];
