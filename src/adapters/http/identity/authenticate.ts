import { either as E } from 'fp-ts';
import { createHash, timingSafeEqual } from 'node:crypto';
import {
  always,
  anonymous,
  type Caller,
  type Identify,
  type Recall,
  type Validity,
} from '../../../application/ports/identity.js';
import { type Exchange } from '../exchange.js';
import { type Refusal, tryAgain } from '../problems.js';
import { type IncomingMessage } from 'node:http';
import { problem } from '../answer.js';
import { type Serve } from '../route.js';
import { type Access, isAllowed } from './access.js';
import { type CheckOwner } from './check-owner.js';

const SCHEME = 'Bearer ';

/** The credential of `Authorization: Bearer …`; undefined where there is none, or it is of another kind. */
export const bearerToken = (exchange: Exchange): string | undefined => {
  const value = exchange.header('authorization') ?? '';
  const scheme = value.slice(0, SCHEME.length);
  if (scheme !== SCHEME && scheme.toLowerCase() !== SCHEME.toLowerCase()) return undefined;
  const token = value.slice(SCHEME.length).trimStart();
  return token === '' || token.includes(' ') ? undefined : token;
};

const LOOPBACK = /^(::1|(::ffff:)?127\.\d+\.\d+\.\d+)$/;

/** Names that lead to this machine whoever resolves them; any other name may be somebody else's. */
const LOOPBACK_HOST = /^(localhost|127\.\d+\.\d+\.\d+|\[::1\])(:\d+)?$/i;

/** A proxy forwards for others: then the address is that of the proxy. */
const OF_PROXIES = ['forwarded', 'via', 'x-forwarded-for', 'x-forwarded-host', 'x-forwarded-proto', 'x-real-ip'];

const isOwnOrigin = (origin: string): boolean => {
  const host = /^https?:\/\/(.+)$/i.exec(origin)?.[1];
  return host !== undefined && LOOPBACK_HOST.test(host);
};

/**
 * Whether a request was made on this machine, for this machine: from a loopback address, to a loopback name, through no
 * proxy, and not by a page of another site that is open in a browser here.
 */
export const isLocal = ({ socket, headers }: Pick<IncomingMessage, 'socket' | 'headers'>): boolean =>
  LOOPBACK.test(socket.remoteAddress ?? '') &&
  (headers.host === undefined || LOOPBACK_HOST.test(headers.host)) &&
  (headers.origin === undefined || isOwnOrigin(headers.origin)) &&
  !OF_PROXIES.some((name) => headers[name] !== undefined);

/** Who asks, and how long their credential is valid. */
export interface Authenticated {
  readonly caller: Caller;
  readonly validity: Validity;
}

/** Left: this server does not answer this caller. */
export type Authenticate = (exchange: Exchange) => Promise<E.Either<Refusal, Authenticated>>;

const CHALLENGE = { 'WWW-Authenticate': 'Bearer realm="doorbuster"' };
const REJECTED = { 'WWW-Authenticate': 'Bearer realm="doorbuster", error="invalid_token"' };

/** What is answered to nobody in particular. */
export const unauthenticated: Refusal = { code: 'UNAUTHENTICATED', headers: CHALLENGE };

/** The credential names nobody, or nobody any more. */
export const rejected: Refusal = { code: 'UNAUTHENTICATED', headers: REJECTED };

const expired: Refusal = {
  code: 'UNAUTHENTICATED',
  headers: { 'WWW-Authenticate': `${REJECTED['WWW-Authenticate']}, error_description="The token has expired"` },
};

/** By the bearer credential of the request; without one it is anonymous. */
export const byCredential =
  (identify: Identify, recall: Recall): Authenticate =>
  async (exchange) => {
    const credential = bearerToken(exchange);
    if (credential === undefined) return E.right({ caller: anonymous, validity: always });
    const identified = recall(credential) ?? (await identify(credential)());
    if (E.isRight(identified)) return identified;
    switch (identified.left.kind) {
      case 'InvalidCredential':
        exchange.invalid = identified.left;
        return E.left(rejected);
      case 'ExpiredCredential':
        exchange.isExpired = true;
        return E.left(expired);
      case 'IdentityUnavailable':
        return E.left(tryAgain('UNAVAILABLE'));
    }
  };

const digest = (value: string): Buffer => createHash('sha256').update(value).digest();

/** Without authentication: this machine, and nobody else. Where operators have a token, only it makes one of them. */
export const byMachine = (adminToken: string | undefined): Authenticate => {
  const expected = adminToken === undefined ? null : digest(adminToken);
  return async (exchange) => {
    if (!isLocal(exchange.req)) return E.left({ code: 'LOCAL_ONLY' });
    const given = expected === null ? undefined : bearerToken(exchange);
    const operates = expected === null || (given !== undefined && timingSafeEqual(digest(given), expected));
    return E.right({ caller: { kind: 'local', operates }, validity: always });
  };
};

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
    // Whom a body or a request names, only the route itself can tell.
    if (typeof access !== 'object' || access.concerns === 'body' || access.concerns === 'request') return serve;
    const { concerns } = access;
    return async (exchange, params) => {
      const { caller, language } = exchange;
      const refusal = caller.kind === 'user' ? await checkOwner(concerns, caller.userId, params) : null;
      return refusal === null ? serve(exchange, params) : problem(refusal, language);
    };
  };
