import { randomUUID } from 'node:crypto';
import { type IncomingMessage } from 'node:http';
import { type Middleware } from 'koa';
import { problem } from '../answer.js';
import { Exchange, type HttpState } from '../exchange.js';
import { type Fault } from '../faults.js';
import { type Lifecycle } from '../lifecycle.js';
import { invalidRequest } from '../problems.js';
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

/** Gives the request its id. */
export const begin =
  (lifecycle: Lifecycle): Middleware<HttpState> =>
  (ctx, next) => {
    const { req } = ctx;
    const exchange = new Exchange(req, ctx.res, requestIdOf(req));
    ctx.state.exchange = exchange;
    // Whatever is answered goes through `send`, which needs none of what Koa works out.
    ctx.respond = false;
    req.url = originForm(req.url ?? '/');
    const found = hostFault(req);
    if (found === null) return next();
    const refusal = invalidRequest({ path: 'Host', message: found });
    return send(exchange, problem({ ...refusal, headers: { Connection: 'close' } }, exchange.language), lifecycle);
  };
