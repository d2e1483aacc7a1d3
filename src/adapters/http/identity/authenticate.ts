import { either as E } from 'fp-ts';
import { createHash, timingSafeEqual } from 'node:crypto';
import { type IncomingMessage } from 'node:http';
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
import { bearerToken } from './bearer-token.js';

const LOOPBACK = /^(::1|(::ffff:)?127\.\d+\.\d+\.\d+)$/;

/** Names that lead to this machine whoever resolves them; any other name may be somebody else's. */
const LOOPBACK_HOST = /^(localhost|127\.\d+\.\d+\.\d+|\[::1\])(:\d+)?$/i;

/** A proxy forwards for others: then the address is that of the proxy. */
const OF_PROXIES = ['forwarded', 'via', 'x-forwarded-for', 'x-forwarded-host', 'x-forwarded-proto', 'x-real-ip'];

const isOwnOrigin = (origin: string): boolean => {
  const host = /^https?:\/\/(.+)$/i.exec(origin)?.[1];
  return host !== undefined && LOOPBACK_HOST.test(host);
};

/** What nginx speaks to the servers behind it unless it is told otherwise, as few clients still do; and it adds none of these headers by itself. */
const OF_SILENT_PROXIES = '1.0';

/**
 * Whether a request was made on this machine, for this machine: from a loopback address, to a loopback name, through no
 * proxy that can be recognized, and not by a page of another site that is open in a browser here.
 */
export const isLocal = ({
  socket,
  headers,
  httpVersion,
}: Pick<IncomingMessage, 'socket' | 'headers' | 'httpVersion'>): boolean =>
  LOOPBACK.test(socket.remoteAddress ?? '') &&
  (headers.host === undefined || LOOPBACK_HOST.test(headers.host)) &&
  (headers.origin === undefined || isOwnOrigin(headers.origin)) &&
  httpVersion !== OF_SILENT_PROXIES &&
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

/** The answer to a call that needs a credential and has none. */
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

/** Without authentication: only calls from this machine. If ADMIN_TOKEN is set, only a call with it counts as an operator's. */
export const byMachine = (adminToken: string | undefined): Authenticate => {
  const expected = adminToken === undefined ? null : digest(adminToken);
  return async (exchange) => {
    if (!isLocal(exchange.req)) return E.left({ code: 'LOCAL_ONLY' });
    const given = expected === null ? undefined : bearerToken(exchange);
    const operates = expected === null || (given !== undefined && timingSafeEqual(digest(given), expected));
    return E.right({ caller: { kind: 'local', operates }, validity: always });
  };
};
