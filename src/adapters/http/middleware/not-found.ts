import { type Middleware } from 'koa';
import { problem } from '../answer.js';
import { type HttpState } from '../exchange.js';
import { type Lifecycle } from '../lifecycle.js';
import { type Refusal } from '../problems.js';
import { send } from '../send.js';

/** The methods each matched path answers to. */
export type AllowedMethods = (path: string) => ReadonlyArray<string>;

/** Where no route took the request: 404, or what the address does answer to. */
export const notFound =
  (allowedMethods: AllowedMethods, lifecycle: Lifecycle): Middleware<HttpState> =>
  (ctx) => {
    const { exchange } = ctx.state;
    const allowed = allowedMethods(ctx.path);
    const headers = { Allow: [...allowed, 'OPTIONS'].join(', ') };
    if (allowed.length > 0 && ctx.req.method === 'OPTIONS')
      return send(exchange, { status: 204, headers, body: '' }, lifecycle);
    const refusal: Refusal = allowed.length > 0 ? { code: 'METHOD_NOT_ALLOWED', headers } : { code: 'NOT_FOUND' };
    return send(exchange, problem(refusal, exchange.language), lifecycle);
  };
