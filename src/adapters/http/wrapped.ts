import { type Exchange } from './exchange.js';
import { byCredential, byMachine } from './identity/authenticate.js';
import { authorize } from './identity/authorize.js';
import { limitRate } from './limits/limit-rate.js';
import { slowWrongCredentials } from './limits/wrong-credentials.js';
import { nameTrouble } from './middleware/name-trouble.js';
import { idempotent } from './middleware/idempotency.js';
import { type HttpServerOptions } from './options.js';
import { isAlwaysAnswered, type Route, type Serve } from './route.js';

type Wrapping = Pick<
  HttpServerOptions,
  | 'adminToken'
  | 'identify'
  | 'idempotencyKeys'
  | 'clock'
  | 'log'
  | 'trouble'
  | 'rateLimits'
  | 'wrongCredentials'
  | 'count'
> & {
  readonly addressOf: (exchange: Exchange) => string;
};

/** A route with what stands before it: who asks, how fast, then what was answered to the same key. */
export const wrapped = ({
  adminToken,
  identify,
  idempotencyKeys: keys,
  clock,
  log,
  trouble = () => null,
  rateLimits = { user: null, address: null },
  wrongCredentials = [],
  count = () => undefined,
  addressOf,
}: Wrapping): ((route: Route) => Serve) => {
  const once = idempotent({ keys, clock, log });
  const tell = nameTrouble(trouble);
  const metrics = { count };
  const limited = limitRate({ limits: rateLimits, addressOf, metrics });
  const slowed = slowWrongCredentials({ allowed: wrongCredentials, addressOf, clock, metrics, log });
  const only = authorize(identify === undefined ? byMachine(adminToken) : byCredential(identify));
  return ({ method, path, access, serve }) => {
    const told = tell(method === 'post' ? once(serve) : serve, method !== 'get' && !path.startsWith('/admin/'));
    const repeatable = isAlwaysAnswered(path) ? told : limited(told);
    return access === 'public' ? only(access, repeatable) : slowed(only(access, repeatable));
  };
};
