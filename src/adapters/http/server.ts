import Koa, { type Middleware } from 'koa';
import { createServer } from 'node:http';
import { addressOf } from './address-of.js';
import { handleClientErrors } from './client-errors.js';
import { drain } from './drain.js';
import { type Exchange, type HttpState } from './exchange.js';
import { letInFirst } from './let-in-first.js';
import { type DemandChallenge, demandChallenge } from './limits/demand-challenge.js';
import { clientAddress } from './limits/client-address.js';
import { type Lifecycle, newLifecycle } from './lifecycle.js';
import { begin, catchBugs } from './middleware/begin.js';
import { boundInFlight, newRunning } from './middleware/bound-in-flight.js';
import { crossOrigin } from './middleware/cross-origin.js';
import { mount, notFound, shortcut } from './mount.js';
import { defaultLimits, type HttpServer, type HttpServerOptions } from './options.js';
import { isAlwaysAnswered } from './route.js';
import { type AllUseCases, routeTable } from './route-table.js';
import { seats } from './sse/seats.js';
import { subscriptions } from './sse/subscriptions.js';
import { watchBoard } from './sse/watch-board.js';
import { longPolling } from './long-poll.js';
import { wrapped } from './wrapped.js';
import helmet from 'koa-helmet';

const PAGES = /^\/(docs(\/.*)?|demo\/.*|console(\/.*)?)?$/;

/** Pages tell browsers to be careful with them. Each page brings a content security policy of its own; TLS is the proxy's matter. */
const pageHeaders = (): Middleware => {
  const careful = helmet({ contentSecurityPolicy: false, strictTransportSecurity: false });
  return (ctx, next) => (PAGES.test(ctx.path) ? careful(ctx, next) : next());
};

/**
 * The server of everything in the route table. Nothing listens until it is told to. Another server of this process that
 * shares its lifecycle tells of the same draining.
 */
export const createHttpServer = (
  useCases: AllUseCases,
  options: HttpServerOptions,
  lifecycle: Lifecycle = newLifecycle(),
): HttpServer => {
  const limits = { ...defaultLimits, ...options.limits };
  const running = newRunning();
  const longPoll = longPolling({ limit: limits.waiting, lifecycle, running });
  const client = clientAddress(options.trustedProxies ?? []);
  const clientOf = (exchange: Exchange): string => (exchange.address ??= client(exchange.req));
  const perAddress = options.rateLimits?.address?.quota.requests ?? Infinity;
  const streams = seats({ inAll: limits.sse.connections, perUser: limits.sse.perUser, perAddress });
  /** The shop's backend listens for all of its users from one address. */
  const addressFor = (exchange: Exchange) => (exchange.caller.kind === 'service' ? null : clientOf(exchange));
  const take = (userId: string, exchange: Exchange) => streams.take(userId, addressFor(exchange));
  const { isStillValid = () => true, log } = options;
  const subscribe = subscriptions({ connect: useCases.connectNotices, take, isStillValid, lifecycle, log }, limits.sse);
  const watching = { readBoard: useCases.readBoard, isStillValid, lifecycle, log };
  const watch = watchBoard(watching, limits.sse);
  const { challenges, askedLately: asked } = options;
  const nobodyIsAsked: DemandChallenge = async () => null;
  const demand = challenges && asked ? demandChallenge({ challenges, asked, addressOf: clientOf }) : nobodyIsAsked;
  const { hot, others } = routeTable(
    useCases,
    { ...options, demand, longPoll, subscribe, watchBoard: watch },
    lifecycle,
  );
  const wrap = wrapped({ ...options, addressOf: clientOf, routes: [...hot, ...others] });
  const first = mount(hot, wrap, lifecycle);
  const then = mount(others, wrap, lifecycle);

  const koa = new Koa<HttpState>();
  koa.use(begin(lifecycle));
  koa.use(catchBugs(options.log, lifecycle));
  if (options.corsOrigins !== undefined) koa.use(crossOrigin(options.corsOrigins, lifecycle));
  koa.use(pageHeaders());
  koa.use(boundInFlight(running, limits.inFlight, isAlwaysAnswered, lifecycle));
  koa.use(shortcut(hot, wrap, lifecycle));
  koa.use(first.router.routes());
  koa.use(then.router.routes());
  koa.use(notFound((path) => [...first.allowedMethods(path), ...then.allowedMethods(path)], lifecycle));
  // What is left to Koa is a client that went away while it was answered.
  koa.on('error', (error: unknown) => options.log.debug({ err: error }, 'An answer did not arrive'));

  const handle = koa.callback();
  const server = createServer({
    headersTimeout: Math.min(limits.headersTimeoutMs, limits.requestTimeoutMs),
    requestTimeout: limits.requestTimeoutMs,
    keepAliveTimeout: limits.keepAliveTimeoutMs,
    connectionsCheckingInterval: limits.sweepEveryMs,
    // Node would refuse with an answer of its own; `begin` gives it a code.
    requireHostHeader: false,
  });
  server.on(
    'request',
    letInFirst(server, (req, res) => void handle(req, res)),
  );
  server.maxConnections = limits.connections;
  handleClientErrors(server, lifecycle);

  return {
    listen: () =>
      new Promise((resolve, reject) => {
        server.once('error', reject);
        server.listen({ port: options.port, host: options.host, backlog: 4_096 }, () => {
          server.off('error', reject);
          resolve(addressOf(server.address(), options.host));
        });
      }),
    close: drain(server, lifecycle),
  };
};
