import { either as E, taskEither as TE } from 'fp-ts';
import { z } from 'zod';
import { withTrace } from '../../application/kernel/tracing/active-trace.js';
import { inSpan } from '../../application/kernel/tracing/in-span.js';
import { type Metrics } from '../../application/ports/ports.js';
import { type Answer, problem, type Written } from './answer.js';
import { type Exchange } from './exchange.js';
import { type Access, isAllowed } from './identity/access.js';
import { type Authenticate, byCredential, byMachine, unauthenticated } from './identity/authenticate.js';
import { byTicket } from './identity/by-ticket.js';
import { checkOwner, type CheckOwner, type Owners } from './identity/check-owner.js';
import { recordAct } from './identity/record-act.js';
import { limitRate } from './limits/limit-rate.js';
import { slowWrongCredentials } from './limits/wrong-credentials.js';
import { messages } from './messages.js';
import { idempotent } from './middleware/idempotency.js';
import { type HttpServerOptions } from './options.js';
import { tryAgain } from './problems.js';
import { isAlwaysAnswered, type Route, type Serve } from './route.js';

type Guard = (access: Access, serve: Serve) => Serve;

/**
 * Finds out who asks, and serves them if such a call is for them. A credential that is no good is refused where one is
 * needed; what is public is answered whatever was sent along.
 */
const authorize =
  (authenticate: Authenticate): Guard =>
  (access, serve) =>
  async (exchange, params) => {
    const found = await authenticate(exchange);
    if (E.isRight(found)) {
      exchange.caller = found.right.caller;
      exchange.validity = found.right.validity;
    } else if (access !== 'public' || found.left.code === 'LOCAL_ONLY') return problem(found.left, exchange.language);
    const { caller } = exchange;
    if (isAllowed(access, caller)) return serve(exchange, params);
    const isSomebody = caller.kind !== 'anonymous' && caller.kind !== 'local';
    return problem(isSomebody ? { code: 'FORBIDDEN' } : unauthenticated, exchange.language);
  };

/** Serves a user only what is theirs: to anybody else it is not there. */
const ownersOnly =
  (checkOwner: CheckOwner): Guard =>
  (access, serve) => {
    // If the body or the query names the user, only the route itself can check it.
    if (typeof access !== 'object' || access.concerns === 'body' || access.concerns === 'request') return serve;
    const { concerns } = access;
    return async (exchange, params) => {
      const { caller, language } = exchange;
      const refusal = caller.kind === 'user' ? await checkOwner(concerns, caller.userId, params) : null;
      return refusal === null ? serve(exchange, params) : problem(refusal, language);
    };
  };

const refused = z.looseObject({ code: z.literal('UNAVAILABLE') });

const named = (answer: Written, reason: 'DISK_LOW' | 'DISK_FULL' | 'DISK_FAILED', detail: string): Written => {
  const { data } = refused.safeParse(JSON.parse(answer.body));
  return data === undefined ? answer : { ...answer, body: JSON.stringify({ ...data, detail, reason }) };
};

/**
 * While the disk of the data cannot be written to, an answer 503 names that as its reason. Calls that write are not even tried then:
 * if the free space comes and goes, a request could be accepted and then stay undecided.
 */
const nameTrouble =
  (trouble: NonNullable<HttpServerOptions['trouble']>) =>
  (serve: Serve, writes: boolean): Serve =>
  async (exchange, params) => {
    const isHopeless = writes && trouble() !== null;
    const answer = isHopeless ? problem(tryAgain('UNAVAILABLE'), exchange.language) : await serve(exchange, params);
    const found = 'body' in answer && answer.status === 503 ? trouble() : null;
    if (found === null || !('body' in answer)) return answer;
    return named(answer, found.code, messages[exchange.language].notices[found.code]);
  };

const endOf = (answer: Answer) => ({
  attributes: 'status' in answer ? { 'http.response.status_code': answer.status } : {},
  isFailure: 'status' in answer && answer.status >= 500,
});

/** A span for each request; what it leads to on the log is a part of the same trace. Probes and scrapes are left out. */
const traceRequests = ({ method, path, tag }: Pick<Route, 'method' | 'path' | 'tag'>, serve: Serve): Serve => {
  if (tag === 'Health') return serve;
  const verb = method.toUpperCase();
  const name = `${verb} ${path}`;
  return (exchange, params) => {
    const parent = exchange.traceparent;
    const attributes = {
      'http.request.method': verb,
      'http.route': path,
      'url.path': exchange.target.split('?', 1).join(),
      'doorbuster.correlation': exchange.requestId,
    };
    return inSpan(name, { kind: 'server', attributes, ended: endOf, ...(parent && { parent }) }, (span) => {
      exchange.span = span;
      return serve(exchange, params);
    });
  };
};

/** Counts what a route answers and how long that took. What goes on being written is not an answer yet, and left out. */
const countAnswers = (
  { count, observe }: Pick<Metrics, 'count' | 'observe'>,
  { method, path }: Pick<Route, 'method' | 'path'>,
  serve: Serve,
): Serve => {
  const labels = Object.freeze({ method: method.toUpperCase(), route: path });
  const byStatus = new Map<number, Readonly<Record<string, string>>>();
  const labelsOf = (status: number): Readonly<Record<string, string>> => {
    const known = byStatus.get(status) ?? Object.freeze({ ...labels, status: String(status) });
    byStatus.set(status, known);
    return known;
  };
  return async (exchange, params) => {
    const began = performance.now();
    const answer = await serve(exchange, params);
    if ('status' in answer) {
      count('http_requests_total', labelsOf(answer.status));
      observe('http_request_seconds', (performance.now() - began) / 1_000, labels, exchange.span);
    }
    return answer;
  };
};

/** Answers that are not public must not be stored on the way, neither by browsers nor by proxies. */
const notCached = (access: Access, serve: Serve): Serve => {
  if (access === 'public') return serve;
  return async (exchange, params) => {
    const answer = await serve(exchange, params);
    if (!('status' in answer)) return answer;
    return { ...answer, headers: { 'Cache-Control': 'no-store', ...answer.headers } };
  };
};

type Wrapping = Pick<
  HttpServerOptions,
  | 'adminToken'
  | 'identify'
  | 'recall'
  | 'isStillValid'
  | 'streamTickets'
  | 'owners'
  | 'idempotencyKeys'
  | 'clock'
  | 'log'
  | 'trouble'
  | 'rateLimits'
  | 'wrongCredentials'
  | 'count'
  | 'observe'
  | 'traced'
  | 'acts'
  | 'personalFields'
> & {
  /** All routes: the audit trail reads the state before a change through one of them. */
  readonly routes: ReadonlyArray<Route>;
  readonly addressOf: (exchange: Exchange) => string;
};

const nobody = () => TE.right(null);
const nobodys: Owners = { order: nobody, payment: nobody, token: nobody };

/** A route with what stands before it: who asks, how fast, then what was answered to the same key. */
export const wrapped = ({
  adminToken,
  identify,
  recall = () => null,
  isStillValid = () => true,
  streamTickets,
  owners = nobodys,
  idempotencyKeys: keys,
  clock,
  log,
  trouble = () => null,
  rateLimits = { user: null, address: null },
  wrongCredentials,
  count = () => undefined,
  observe = () => undefined,
  traced = false,
  acts,
  personalFields,
  routes,
  addressOf,
}: Wrapping): ((route: Route) => Serve) => {
  const once = idempotent({ keys, clock, log });
  const tell = nameTrouble(trouble);
  const metrics = { count };
  const limited = limitRate({ limits: rateLimits, addressOf, metrics });
  const slowed = slowWrongCredentials({ limits: wrongCredentials, recall, addressOf, clock, metrics, log });
  const recorded =
    acts === undefined ? (_: Route, serve: Serve): Serve => serve : recordAct(acts, routes, personalFields);
  const authenticate = identify === undefined ? byMachine(adminToken) : byCredential(identify, recall);
  const only = authorize(authenticate);
  const orByTicket = authorize(byTicket(streamTickets, isStillValid)(authenticate));
  // Public calls without authentication are answered in the same way, whatever credential they carry.
  const anybody = identify === undefined ? only : authorize(slowed.notNeeded(authenticate));
  const own = ownersOnly(checkOwner(owners));
  return (route) => {
    const { method, path, access, takesTickets = false, serve } = route;
    const writes = method !== 'get' && !path.startsWith('/admin/');
    const kept = own(access, recorded(route, method === 'post' ? once(serve) : serve));
    const told = tell(isAlwaysAnswered(path) ? kept : limited(kept), writes);
    const guard = takesTickets ? orByTicket : only;
    const guarded = notCached(access, access === 'public' ? anybody(access, told) : slowed.needed(guard(access, told)));
    const counted = countAnswers({ count, observe }, route, guarded);
    const inTrace: Serve = (exchange, params) => withTrace(exchange.traceparent, () => counted(exchange, params));
    return traced ? traceRequests(route, inTrace) : inTrace;
  };
};
