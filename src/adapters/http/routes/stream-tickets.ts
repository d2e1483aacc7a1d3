import { either as E } from 'fp-ts';
import { z } from 'zod';
import { type Clock } from '../../../application/ports/clock.js';
import { type StreamTickets } from '../../../application/ports/stream-tickets.js';
import { json, moving, problem } from '../answer.js';
import { concerns } from '../identity/access.js';
import { hashOfTicket, newTicket } from '../identity/by-ticket.js';
import { tryAgain } from '../problems.js';
import { nothing, route, type Route } from '../route.js';
import { id, iso, timeOut } from '../schemas/fields.js';

const GOOD_FOR_MS = 30_000;

const ticketOut = z
  .object({
    ticket: z.string().meta({ description: 'For `?ticket=`: opens the stream once.' }),
    expiresAt: timeOut,
  })
  .meta({ id: 'StreamTicket' });

/** A ticket for a stream of notices, for clients that cannot send a header with the call that opens it. */
export const streamTicketRoute = (tickets: Pick<StreamTickets, 'keep'>, clock: Pick<Clock, 'now'>): Route =>
  route({
    method: 'post',
    path: '/api/sse/tickets',
    access: concerns('body'),
    isSaleFlow: true,
    tag: 'Notices',
    summary: 'A ticket that opens the stream of a user once, within 30 seconds',
    params: nothing,
    query: nothing,
    body: z.object({ userId: id }).meta({ id: 'StreamTicketRequest', required: [] }),
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
