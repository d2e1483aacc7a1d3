import { type Middleware } from 'koa';
import { randomUUID } from 'node:crypto';
import { type IncomingMessage } from 'node:http';
import { UnreadableStream } from '../../../application/kernel/writer/load-aggregate.js';
import { type Log } from '../../../application/ports/log.js';
import { problem } from '../answer.js';
import { Exchange, type HttpState } from '../exchange.js';
import { type Fault } from '../faults.js';
import { type Lifecycle } from '../lifecycle.js';
import { invalidRequest, type Refusal, tryAgain } from '../problems.js';
import { send } from '../send.js';
import { originForm } from '../target.js';

const ID = /^[A-Za-z0-9_-]{1,64}$/;

/** Node keeps the first of several and hides the others. */
const hostsOf = ({ rawHeaders }: IncomingMessage): number => {
  let hosts = 0;
  for (let at = 0; at < rawHeaders.length; at += 2) {
    const name = rawHeaders[at];
    if (name?.length === 4 && name.toLowerCase() === 'host') hosts += 1;
  }
  return hosts;
};

/** What is wrong with how often the request names its host (RFC 9112, 3.2). */
const hostFault = (req: IncomingMessage): Fault | null => {
  const hosts = hostsOf(req);
  if (hosts > 1) return 'HOST_REPEATED';
  return hosts === 0 && req.httpVersion !== '1.0' ? 'HOST_MISSING' : null;
};

/** The client's own where it is one of ours, else a fresh one. */
export const requestIdOf = ({ headers }: IncomingMessage): string => {
  const given = headers['x-request-id'];
  return typeof given === 'string' && ID.test(given) ? given : randomUUID();
};

/** Why the request is refused before it is looked at; null where it is not. */
export const refusedAtOnce = (req: IncomingMessage): Refusal | null => {
  const found = hostFault(req);
  return found === null
    ? null
    : { ...invalidRequest({ path: 'Host', message: found }), headers: { Connection: 'close' } };
};

/** Gives the request its id. */
export const begin =
  (lifecycle: Lifecycle): Middleware<HttpState> =>
  (ctx, next) => {
    const { req } = ctx;
    const exchange = new Exchange(req, ctx.res, requestIdOf(req));
    ctx.state.exchange = exchange;
    // Whatever is answered goes through `send`, which needs none of what Koa works out.
    ctx.respond = false;
    // Also where a route writes its answer itself.
    if (lifecycle.draining) ctx.res.shouldKeepAlive = false;
    req.url = originForm(req.url ?? '/');
    const refusal = refusedAtOnce(req);
    return refusal === null ? next() : send(exchange, problem(refusal, exchange.language), lifecycle);
  };

/** An operator has to upgrade or to mend something first. */
const UNREADABLE_RETRY_SECONDS = 30;

/** What an event that this version cannot read keeps from being decided is not known to have failed, and may work later. */
export const refusalOf = (error: unknown): Refusal =>
  error instanceof UnreadableStream
    ? tryAgain('UNAVAILABLE', UNREADABLE_RETRY_SECONDS, { reason: 'STREAM_UNREADABLE' })
    : { code: 'INTERNAL' };

/** An exception is a bug, or an event that cannot be read: it is logged with the request's id, and its text stays here. */
export const catchBugs =
  (log: Log, lifecycle: Lifecycle): Middleware<HttpState> =>
  async (ctx, next) => {
    try {
      await next();
    } catch (error) {
      const { exchange } = ctx.state;
      log.error({ err: error, requestId: exchange.requestId, method: ctx.req.method }, 'A request failed unexpectedly');
      if (exchange.res.headersSent) exchange.res.destroy();
      else await send(exchange, problem(refusalOf(error), exchange.language), lifecycle);
    }
  };
