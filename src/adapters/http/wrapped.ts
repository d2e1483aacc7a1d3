import { taskEither as TE } from 'fp-ts';
import { type Owners } from '../../application/ports/owners.js';
import { withTrace } from '../../application/kernel/tracing/active-trace.js';
import { type Exchange } from './exchange.js';
import { type Access } from './identity/access.js';
import { byCredential, byMachine } from './identity/authenticate.js';
import { byTicket } from './identity/by-ticket.js';
import { checkOwner } from './identity/check-owner.js';
import { recordAct } from './identity/record-act.js';
import { limitRate } from './limits/limit-rate.js';
import { slowWrongCredentials } from './limits/wrong-credentials.js';
import { idempotent } from './middleware/idempotency.js';
import { type HttpServerOptions } from './options.js';
import { isAlwaysAnswered, type Route, type Serve } from './route.js';
import { authorize, ownersOnly } from './authorize.js';
import { nameTrouble } from './name-trouble.js';
import { traceRequests } from './trace-requests.js';
import { countAnswers } from './count-answers.js';

/** Answers that are not public must not be stored on the way, neither by browsers nor by proxies. */
const notCached = (access: Access, serve: Serve): Serve => {
  if (access === 'public') return serve;
  return async (exchange, params) => {
    const answer = await serve(exchange, params);
    if (!('status' in answer)) return answer;
    return { ...answer, headers: { 'Cache-Control': 'no-store', ...answer.headers } };
  };
};

type Wrapping = HttpServerOptions & {
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
