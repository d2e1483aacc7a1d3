import { randomUUID } from 'node:crypto';
import { type Middleware } from 'koa';
import { problem } from '../answer.js';
import { Exchange, type HttpState } from '../exchange.js';
import { type Lifecycle } from '../lifecycle.js';
import { invalidRequest } from '../problems.js';
import { send } from '../send.js';

const ID = /^[A-Za-z0-9_-]{1,64}$/;
const AUTHORITY = /^[a-z][a-z0-9+.-]*:\/\/[^/?#]*/i;

/** Gives the request its id: the client's own where it is one of ours, else a fresh one. */
export const begin =
  (lifecycle: Lifecycle): Middleware<HttpState> =>
  (ctx, next) => {
    const { req } = ctx;
    const given = req.headers['x-request-id'];
    const requestId = typeof given === 'string' && ID.test(given) ? given : randomUUID();
    const exchange = new Exchange(req, ctx.res, requestId);
    ctx.state.exchange = exchange;
    // Whatever is answered goes through `send`, which needs none of what Koa works out.
    ctx.respond = false;
    const target = req.url ?? '/';
    // An absolute target (RFC 9112) is read without its authority, which may be nonsense that no parser takes.
    if (!target.startsWith('/')) req.url = `/${target.replace(AUTHORITY, '').replace(/^\/+/, '')}`;
    if (req.headers.host !== undefined || req.httpVersion === '1.0') return next();
    const missing = invalidRequest({ path: 'Host', message: 'HTTP/1.1 needs it' });
    return send(exchange, problem({ ...missing, headers: { Connection: 'close' } }, exchange.language), lifecycle);
  };
