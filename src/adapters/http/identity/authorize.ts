import { either as E } from 'fp-ts';
import { problem } from '../answer.js';
import { type Serve } from '../route.js';
import { type Access, isAllowed } from './access.js';
import { type Authenticate, unauthenticated } from './authenticate.js';

/**
 * Finds out who asks, and serves them if the route is for them. A credential that is no good is refused where one is
 * needed; what is public is answered whatever was sent along.
 */
export const authorize =
  (authenticate: Authenticate) =>
  (access: Access, serve: Serve): Serve =>
  async (exchange, params) => {
    const found = await authenticate(exchange);
    if (E.isRight(found)) exchange.caller = found.right;
    else if (access !== 'public' || found.left.code === 'LOCAL_ONLY') return problem(found.left, exchange.language);
    if (isAllowed(access, exchange.caller)) return serve(exchange, params);
    const isSomebody = exchange.caller.kind !== 'anonymous' && exchange.caller.kind !== 'local';
    return problem(isSomebody ? { code: 'FORBIDDEN' } : unauthenticated, exchange.language);
  };
