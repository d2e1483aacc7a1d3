import { either as E } from 'fp-ts';
import { problem } from './answer.js';
import { type Access, isAllowed } from './identity/access.js';
import { type Authenticate, unauthenticated } from './identity/authenticate.js';
import { type CheckOwner } from './identity/check-owner.js';
import { type Serve } from './route.js';

type Guard = (access: Access, serve: Serve) => Serve;
/**
 * Finds out who asks, and serves them if such a call is for them. A credential that is no good is refused where one is
 * needed; what is public is answered whatever was sent along.
 */
export const authorize =
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
export const ownersOnly =
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
