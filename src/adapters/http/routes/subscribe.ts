import { either as E } from 'fp-ts';
import { z } from 'zod';
import { type Position } from '../../../application/ports/event-store.js';
import { type StreamTickets } from '../../../application/ports/stream-tickets.js';
import { type Clock } from '../../../application/ports/clock.js';
import { json, moving, problem } from '../answer.js';
import { concerns } from '../identity/access.js';
import { hashOfTicket, newTicket } from '../identity/by-ticket.js';
import { tryAgain } from '../problems.js';
import { route, type Route } from '../route.js';
import { id, iso, timeOut, named } from '../schemas/fields.js';
import { type Subscribe } from '../sse/subscriptions.js';

const POSITION = /^(-1|\d{1,16})$/;

/** What a client says it knows: null when it says nothing, NaN when it is no id of ours. */
const since = (lastEventId: string | undefined): Position | null => {
  if (lastEventId === undefined || lastEventId === '') return null;
  const position = POSITION.test(lastEventId) ? Number(lastEventId) : NaN;
  return Number.isSafeInteger(position) ? position : NaN;
};

const TYPE = 'text/event-stream';

/** What a user is told, as it happens. */
export const subscribeRoute = (subscribe: Subscribe): Route =>
  route({
    method: 'get',
    path: '/api/sse/subscribe/:userId',
    access: concerns('path'),
    takesTickets: true,
    tag: 'Notices',
    summary: 'What a user is told, as it happens: server-sent events',
    listensTo: { 'Last-Event-ID': 'The last id that was seen: what came since is told first, once and in order' },
    params: z.object({ userId: id }),
    query: z.object({
      lastEventId: z.string().max(64).exactOptional().describe('The same, for who cannot send the header.'),
    }),
    answers: {
      200: {
        description:
          '`connected` first, then `coupon-issued`, `coupon-rejected`, `coupon-rejection-withdrawn`, ' +
          '`token-activated`, `token-expired`, ' +
          '`order-completed`, `order-cancelled`, `order-expired`, `order-failed`, `payment-completed`, ' +
          '`payment-refunded`, `event-open` and `event-cancelled`; `resync` when what was missed is no longer kept.',
        schema: z.string(),
        contentType: TYPE,
      },
    },
    problems: ['UNAVAILABLE'],
    handle: async ({ params: { userId }, query: { lastEventId } }, exchange) =>
      exchange.req.method === 'HEAD'
        ? { status: 200, headers: { 'Content-Type': TYPE }, body: '' }
        : subscribe(exchange, userId, since(exchange.header('last-event-id') ?? lastEventId)),
  });

const GOOD_FOR_MS = 30_000;

const ticketOut = named('StreamTicket', {
  ticket: z.string().describe('For `?ticket=`: opens the stream once.'),
  expiresAt: timeOut,
});

/** A ticket for a stream of notices, for clients that cannot send a header with the call that opens it. */
export const streamTicketRoute = (tickets: Pick<StreamTickets, 'keep'>, clock: Pick<Clock, 'now'>): Route =>
  route({
    method: 'post',
    path: '/api/sse/tickets',
    access: concerns('body'),
    isSaleFlow: true,
    tag: 'Notices',
    summary: 'A ticket that opens the stream of a user once, within 30 seconds',
    body: named('StreamTicketRequest', { userId: id }, { required: [] }),
    answers: { 201: { description: 'The ticket', schema: ticketOut } },
    problems: ['UNAVAILABLE'],
    handle: async ({ body: { userId } }, { validity, language }) => {
      const ticket = newTicket();
      const expiresAt = iso(clock.now() + GOOD_FOR_MS);
      const kept = await tickets.keep(hashOfTicket(ticket), { userId, validity }, GOOD_FOR_MS)();
      if (E.isLeft(kept)) return problem(tryAgain('UNAVAILABLE'), language);
      // A repetition gets a ticket of its own: the first is a secret, and may have been used.
      return moving(json(201, { ticket, expiresAt }));
    },
  });
