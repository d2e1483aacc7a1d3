import Router from '@koa/router';
import { type HttpState } from './exchange.js';
import { type Lifecycle } from './lifecycle.js';
import { type Route, type Serve } from './route.js';
import { send } from './send.js';
import { type Middleware } from 'koa';
import { problem } from './answer.js';
import { type Refusal } from './problems.js';

type AllowedMethods = (path: string) => ReadonlyArray<string>;

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

/** The routes as a router, each wrapped in what it needs; the first that matches takes the request. */
export const mount = (routes: ReadonlyArray<Route>, wrap: (route: Route) => Serve, lifecycle: Lifecycle) => {
  const router = new Router<HttpState>({ sensitive: true, strict: true });
  for (const route of routes) {
    const serve = wrap(route);
    router[route.method](route.path, async (ctx) => {
      const { exchange } = ctx.state;
      await send(exchange, await serve(exchange, ctx.params), lifecycle);
    });
  }
  const allowedMethods: AllowedMethods = (path) => [
    ...new Set(router.match(path, 'OPTIONS').path.flatMap((layer) => layer.methods)),
  ];
  return { router, allowedMethods };
};

/** The path of a route as a pattern of well-formed ids; anything else is left to the router. */
const patternOf = (path: string): RegExp => new RegExp(`^${path.replaceAll(/:(\w+)/g, '(?<$1>[A-Za-z0-9_-]+)')}$`);

/**
 * Serves the hot routes without asking the router, which tries every pattern and composes a chain for each request.
 * Whatever it does not take finds the same routes in the router.
 */
export const shortcut = (
  routes: ReadonlyArray<Route>,
  wrap: (route: Route) => Serve,
  lifecycle: Lifecycle,
): Middleware<HttpState> => {
  const ways = routes.map((route) => ({
    method: route.method.toUpperCase(),
    pattern: patternOf(route.path),
    serve: wrap(route),
  }));
  return async (ctx, next) => {
    const { exchange } = ctx.state;
    for (const { method, pattern, serve } of ways) {
      if (exchange.req.method !== method) continue;
      const found = pattern.exec(exchange.target);
      if (found !== null) return send(exchange, await serve(exchange, found.groups), lifecycle);
    }
    return next();
  };
};
