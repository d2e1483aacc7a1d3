import { taskEither as TE } from 'fp-ts';
import { type Exchange } from './exchange.js';
import { byCredential, byMachine, authorize, ownersOnly } from './identity/authenticate.js';
import { checkOwner, type Owners } from './identity/check-owner.js';
import { byTicket } from './identity/by-ticket.js';
import { recordAct } from './identity/record-act.js';
import { limitRate } from './limits/limit-rate.js';
import { slowWrongCredentials } from './limits/wrong-credentials.js';
import { idempotent } from './middleware/idempotency.js';
import { type HttpServerOptions } from './options.js';
import { traceRequests } from './trace-requests.js';
import { isAlwaysAnswered, type Route, type Serve } from './route.js';
import { type Metrics } from '../../application/ports/metrics.js';
import { type Access } from './identity/access.js';
import { z } from 'zod';
import { problem, type Written } from './answer.js';
import { messages } from './messages.js';
import { tryAgain } from './problems.js';

const refused = z.looseObject({ code: z.literal('UNAVAILABLE') });

const named = (answer: Written, reason: 'DISK_LOW' | 'DISK_FULL' | 'DISK_FAILED', detail: string): Written => {
  const { data } = refused.safeParse(JSON.parse(answer.body));
  return data === undefined ? answer : { ...answer, body: JSON.stringify({ ...data, detail, reason }) };
};

/**
 * While the disk of the data takes nothing, whoever is told that a part of the system is away hears which. What writes is
 * not even tried then: room that comes and goes would take a request and leave it undecided.
 */
const nameTrouble =
  (trouble: NonNullable<HttpServerOptions['trouble']>) =>
  (serve: Serve, writes: boolean): Serve =>
  async (exchange, params) => {
    const isHopeless = writes && trouble() !== null;
    const answer = isHopeless ? problem(tryAgain('UNAVAILABLE'), exchange.language) : await serve(exchange, params);
    const found = 'status' in answer && answer.status === 503 ? trouble() : null;
    if (found === null || !('status' in answer)) return answer;
    return named(answer, found.code, messages[exchange.language].notices[found.code]);
  };

/** What is not for everybody is kept by nobody on its way: neither by browsers nor by proxies. */
const unkept = (access: Access, serve: Serve): Serve => {
  if (access === 'public') return serve;
  return async (exchange, params) => {
    const answer = await serve(exchange, params);
    if (!('status' in answer)) return answer;
    return { ...answer, headers: { 'Cache-Control': 'no-store', ...answer.headers } };
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
  /** All there are: how something was before it is changed is read by one of them. */
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
    const guarded = unkept(access, access === 'public' ? anybody(access, told) : slowed.needed(guard(access, told)));
    const counted = countAnswers({ count, observe }, route, guarded);
    return traced ? traceRequests(route, counted) : counted;
  };
};
