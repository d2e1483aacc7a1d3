import { type Middleware } from 'koa';
import { type HttpState } from '../exchange.js';
import { type Lifecycle } from '../lifecycle.js';
import { type Route, type Serve } from '../route.js';
import { send } from '../send.js';

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
