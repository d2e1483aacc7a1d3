import { randomUUID } from 'node:crypto';
import { type Middleware } from 'koa';
import { Exchange, type HttpState } from '../exchange.js';

const ID = /^[A-Za-z0-9_-]{1,64}$/;
const AUTHORITY = /^[a-z][a-z0-9+.-]*:\/\/[^/?#]*/i;

/** Gives the request its id: the client's own where it is one of ours, else a fresh one. */
export const begin = (): Middleware<HttpState> => (ctx, next) => {
  const given = ctx.req.headers['x-request-id'];
  const requestId = typeof given === 'string' && ID.test(given) ? given : randomUUID();
  ctx.state.exchange = new Exchange(ctx.req, ctx.res, requestId);
  // Whatever is answered goes through `send`, which needs none of what Koa works out.
  ctx.respond = false;
  const target = ctx.req.url ?? '/';
  // An absolute target (RFC 9112) is read without its authority, which may be nonsense that no parser takes.
  if (!target.startsWith('/')) ctx.req.url = `/${target.replace(AUTHORITY, '').replace(/^\/+/, '')}`;
  return next();
};
