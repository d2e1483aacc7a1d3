import { whoHasToken, whoIsHere } from './middleware/authorize.js';
import { nameTrouble } from './middleware/name-trouble.js';
import { idempotent } from './middleware/idempotency.js';
import { type HttpServerOptions } from './options.js';
import { type Route, type Serve } from './route.js';

/** A route with what stands before it: first the operator's token, then what was answered to the same key. */
export const wrapped = ({
  adminToken,
  idempotencyKeys: keys,
  clock,
  log,
  trouble = () => null,
}: Pick<HttpServerOptions, 'adminToken' | 'idempotencyKeys' | 'clock' | 'log' | 'trouble'>): ((
  route: Route,
) => Serve) => {
  const once = idempotent({ keys, clock, log });
  const tell = nameTrouble(trouble);
  const hasToken = adminToken === undefined ? null : whoHasToken(adminToken);
  return ({ method, path, operator, serve }) => {
    const repeatable = tell(method === 'post' ? once(serve) : serve, method !== 'get' && !path.startsWith('/admin/'));
    if (operator !== true) return repeatable;
    if (hasToken !== null) return hasToken(repeatable);
    return path.startsWith('/admin/') ? whoIsHere(repeatable) : repeatable;
  };
};
