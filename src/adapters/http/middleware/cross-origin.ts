import cors from '@koa/cors';
import { type Middleware } from 'koa';
import { type HttpState } from '../exchange.js';
import { type Lifecycle } from '../lifecycle.js';
import { send } from '../send.js';

const ASKED = [
  'Authorization',
  'Content-Type',
  'Idempotency-Key',
  'Prefer',
  'Accept-Language',
  'Last-Event-ID',
  'Challenge-Response',
  'Waiting-Pass',
  'X-Request-Id',
];
const TOLD = ['Location', 'Retry-After', 'RateLimit', 'RateLimit-Policy', 'WWW-Authenticate', 'X-Request-Id'];
/** Seconds for which a browser need not ask again. */
const REMEMBERED = 600;

/**
 * Lets pages of these origins call, and no others. Nothing is allowed by cookie: whoever calls shows a bearer credential.
 * A browser's question beforehand is answered here.
 */
export const crossOrigin = (origins: ReadonlyArray<string>, lifecycle: Lifecycle): Middleware<HttpState> => {
  const allowed = new Set(origins);
  const answer = cors({
    origin: (ctx) => (allowed.has(ctx.get('Origin')) ? ctx.get('Origin') : ''),
    allowMethods: ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE'],
    allowHeaders: ASKED,
    exposeHeaders: TOLD,
    maxAge: REMEMBERED,
    keepHeadersOnError: false,
  });
  return async (ctx, next) => {
    let isPassedOn = false;
    await answer(ctx, () => {
      isPassedOn = true;
      return next();
    });
    // Koa itself answers nothing here; what was allowed stands among the headers already.
    if (!isPassedOn) await send(ctx.state.exchange, { status: 204, headers: {}, body: '' }, lifecycle);
  };
};
