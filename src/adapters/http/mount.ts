import Router from '@koa/router';
import { type HttpState } from './exchange.js';
import { type Lifecycle } from './lifecycle.js';
import { type AllowedMethods } from './middleware/not-found.js';
import { type Route, type Serve } from './route.js';
import { send } from './send.js';

export interface Mounted {
  readonly router: Router<HttpState>;
  readonly allowedMethods: AllowedMethods;
}

/** The routes as a router, each wrapped in what it needs; the first that matches takes the request. */
export const mount = (routes: ReadonlyArray<Route>, wrap: (route: Route) => Serve, lifecycle: Lifecycle): Mounted => {
  const router = new Router<HttpState>({ sensitive: true });
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
