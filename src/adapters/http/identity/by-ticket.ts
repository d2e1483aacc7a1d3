import { either as E } from 'fp-ts';
import { createHash, randomBytes } from 'node:crypto';
import { type IsStillValid } from '../../../application/ports/identity.js';
import { type StreamTickets } from '../../../application/ports/stream-tickets.js';
import { tryAgain } from '../problems.js';
import { queryOf } from '../target.js';
import { type Authenticate, rejected } from './authenticate.js';

const TICKET = /^[\w-]{43}$/;

export const newTicket = (): string => randomBytes(32).toString('base64url');

export const hashOfTicket = (ticket: string): string => createHash('sha256').update(ticket).digest('base64url');

/**
 * A browser's own EventSource cannot send headers, so a stream may also be opened by a ticket in the address: the caller counts as
 * the user it was given for. A ticket in a log is useless, because it can be used only once; a HEAD opens no stream, so it uses none.
 */
export const byTicket =
  (tickets: Pick<StreamTickets, 'redeem'>, isStillValid: IsStillValid) =>
  (otherwise: Authenticate): Authenticate =>
  async (exchange) => {
    const { ticket } = queryOf(exchange.target);
    const found = await otherwise(exchange);
    if (ticket === undefined || E.isLeft(found) || exchange.req.method === 'HEAD') return found;
    if (typeof ticket !== 'string' || !TICKET.test(ticket)) return E.left(rejected);
    const redeemed = await tickets.redeem(hashOfTicket(ticket))();
    if (E.isLeft(redeemed)) return E.left(tryAgain('UNAVAILABLE'));
    if (redeemed.right === null || !isStillValid(redeemed.right.validity)) return E.left(rejected);
    const { userId, validity } = redeemed.right;
    return E.right({ caller: { kind: 'user', userId }, validity });
  };
