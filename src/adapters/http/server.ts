import Koa, { type Middleware } from 'koa';
import helmet from 'koa-helmet';
import { createServer, type IncomingMessage, type RequestListener, type Server, type ServerResponse } from 'node:http';
import { type Socket } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { handleClientErrors } from './client-errors.js';
import { countOverload } from './count-answers.js';
import { type Exchange, type HttpState } from './exchange.js';
import { type Lifecycle, newLifecycle } from './lifecycle.js';
import { clientAddress } from './limits/client-address.js';
import { type DemandChallenge, demandChallenge } from './limits/demand-challenge.js';
import { listen } from './listen.js';
import { longPolling } from './long-poll.js';
import { begin, catchBugs } from './middleware/begin.js';
import { boundInFlight, newRunning } from './middleware/bound-in-flight.js';
import { crossOrigin } from './middleware/cross-origin.js';
import { mount, notFound, shortcut } from './mount.js';
import { defaultLimits, type HttpServer, type HttpServerOptions } from './options.js';
import { type AllUseCases, routeTable } from './route-table.js';
import { isAlwaysAnswered } from './route.js';
import { seats } from './sse/seats.js';
import { subscriptions } from './sse/subscriptions.js';
import { watchBoard } from './sse/watch-board.js';
import { wrapped } from './wrapped.js';

/**
 * A request waits for at most this many new connections. Not limited by time: on a busy machine a short time is over before the first
 * of them was taken.
 */
const MOST_AT_ONCE = 1_024;

/**
 * Node takes one new connection in each turn of its event loop. A turn that serves hundreds takes a good part of a second,
 * and a thousand who come at that moment, as they do when a sale opens, would stand outside for a minute. So while
 * connections are coming in, requests wait for a moment: turns without work let in thousands a second.
 */
export const letInFirst = (server: Server, serve: RequestListener): RequestListener => {
  let held: (readonly [IncomingMessage, ServerResponse])[] = [];
  let turns = 0;
  let isComing = false;
  server.on('connection', () => (isComing = true));

  const look = (): void => {
    const goOn = isComing && (turns += 1) < MOST_AT_ONCE;
    isComing = false;
    if (goOn) return void setImmediate(look);
    const ready = held;
    held = [];
    for (const [request, response] of ready) serve(request, response);
  };

  return (request, response) => {
    if (!isComing && held.length === 0) return void serve(request, response);
    held.push([request, response]);
    if (held.length > 1) return;
    turns = 0;
    setImmediate(look);
  };
};

/** How often connections that have become idle are looked for. */
const SWEEP_MS = 25;

/** To Node, a connection on which nothing was ever asked is not idle: browsers open some in advance, and keep them. */
const silentOnes = (server: Server): { readonly close: () => void } => {
  const open = new Set<Socket>();
  server.on('connection', (socket: Socket) => {
    open.add(socket);
    socket.once('close', () => open.delete(socket));
  });
  return { close: () => open.forEach((socket) => socket.bytesRead === 0 && socket.destroy()) };
};

/** From accepting to closed: notice, no new connections, what is in flight finished; after the time is over, cut off. */
const drain = (server: Server, lifecycle: Lifecycle): HttpServer['close'] => {
  const silent = silentOnes(server);
  const drained = async (noticeMs: number, timeoutMs: number): Promise<void> => {
    lifecycle.draining = true;
    lifecycle.stopWaiting.abort();
    if (noticeMs > 0) await sleep(noticeMs);
    lifecycle.closing.abort();
    const sweep = setInterval(() => {
      server.closeIdleConnections();
      silent.close();
    }, SWEEP_MS);
    const cutOff = setTimeout(() => server.closeAllConnections(), timeoutMs);
    // Told that it was not listening, it is closed all the same.
    await new Promise<void>((resolve) => server.close(() => resolve()));
    clearInterval(sweep);
    clearTimeout(cutOff);
  };
  let closing: Promise<void> | undefined;
  return ({ noticeMs = 0, timeoutMs }) => (closing ??= drained(noticeMs, timeoutMs));
};

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
  const { isStillValid = () => true, log, count = () => undefined } = options;
  const subscribe = subscriptions({ connect: useCases.connectNotices, take, isStillValid, lifecycle, log }, limits.sse);
  const watching = { readBoard: useCases.readBoard, isStillValid, lifecycle, log };
  const watch = watchBoard(watching, limits.sse);
  const { challenges, askedLately: asked } = options;
  const nobodyIsAsked: DemandChallenge = async () => null;
  const demand = challenges && asked ? demandChallenge({ challenges, asked, addressOf: clientOf }) : nobodyIsAsked;
  const { hot, others } = routeTable(
    useCases,
    { ...options, ...limits, demand, longPoll, subscribe, watchBoard: watch },
    lifecycle,
  );
  const routes = [...hot, ...others];
  const wrap = wrapped({ ...options, addressOf: clientOf, routes });
  const { router, allowedMethods } = mount(routes, wrap, lifecycle);

  const koa = new Koa<HttpState>();
  koa.use(begin(lifecycle));
  koa.use(catchBugs(options.log, lifecycle));
  if (options.corsOrigins !== undefined) koa.use(crossOrigin(options.corsOrigins, lifecycle));
  koa.use(pageHeaders());
  const refused = (): void => countOverload(count);
  koa.use(boundInFlight(running, { limit: limits.inFlight, always: isAlwaysAnswered, refused }, lifecycle));
  koa.use(shortcut(hot, wrap, lifecycle));
  koa.use(router.routes());
  koa.use(notFound(allowedMethods, lifecycle));
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
    listen: () => listen(server, { port: options.port, host: options.host, backlog: 4_096 }, log),
    close: drain(server, lifecycle),
  };
};
