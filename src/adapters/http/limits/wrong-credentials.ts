import { either as E } from 'fp-ts';
import { recentlyUsed } from '../../../application/kernel/recently-used.js';
import { type Clock } from '../../../application/ports/clock.js';
import { type Recall } from '../../../application/ports/identity.js';
import { type Log } from '../../../application/ports/log.js';
import { type Metrics } from '../../../application/ports/metrics.js';
import { type RateLimiter } from '../../../application/ports/rate-limiter.js';
import { type Answer, problem } from '../answer.js';
import { type Exchange } from '../exchange.js';
import { type Authenticate, unauthenticated } from '../identity/authenticate.js';
import { bearerToken } from '../identity/bearer-token.js';
import { type Serve } from '../route.js';

export interface WrongCredentialLimits {
  /** How many refused credentials an address has before it must wait, from the shortest window to the longest: whoever goes on waits longer. */
  readonly refused: ReadonlyArray<RateLimiter>;
  /** How many tokens that nobody knows yet are verified for an address that waits. */
  readonly unknownTokens: RateLimiter;
}

export interface WrongCredentialsPorts {
  /** Undefined: nobody ever waits. */
  readonly limits: WrongCredentialLimits | undefined;
  readonly recall: Recall;
  readonly addressOf: (exchange: Exchange) => string;
  readonly clock: Pick<Clock, 'elapsed'>;
  readonly metrics: Pick<Metrics, 'count'>;
  readonly log: Pick<Log, 'warn'>;
}

const REMEMBERED = 50_000;
const TOLD_AGAIN_MS = 60_000;
/** What the header holds is no bearer credential. */
const NOT_BEARER = { kind: 'NotBearer', why: 'NOT_BEARER' };
/** Signed, so it cannot be guessed. */
const TOKEN = /^[\w-]+\.[\w-]+\.[\w-]+$/;

const tooMany = (exchange: Exchange, ms: number): Answer =>
  problem({ code: 'RATE_LIMITED', headers: { 'Retry-After': String(Math.ceil(ms / 1_000)) } }, exchange.language);

/**
 * Counts the credentials that were refused, by address. The first of an address for each reason in a minute, and every one that
 * makes it wait, is a line in the log. Many people may share an address. So while it waits, credentials that are known to be good
 * are accepted, and a few unknown tokens are verified; everything else is refused with 429 without being looked at.
 */
export const slowWrongCredentials = ({ limits, recall, addressOf, clock, metrics, log }: WrongCredentialsPorts) => {
  const { refused: allowed = [], unknownTokens } = limits ?? {};
  const waitUntil = recentlyUsed<string, number>(REMEMBERED);
  /** Addresses, each with a reason that the log has named lately. */
  const told = recentlyUsed<string, true>(REMEMBERED, TOLD_AGAIN_MS);
  const waitOf = (address: string): number => Math.max(0, (waitUntil.get(address) ?? 0) - clock.elapsed());

  const tellWhy = ({ requestId, invalid }: Exchange, address: string): void => {
    const { kind: _, ...reason } = invalid ?? NOT_BEARER;
    const key = `${address} ${reason.why}`;
    if (told.has(key)) return;
    told.set(key, true);
    log.warn({ address, requestId, ...reason }, 'Wrong credentials');
  };

  /** How long the address has to wait now; milliseconds. */
  const countRefused = async (exchange: Exchange, address: string): Promise<number> => {
    metrics.count('http_wrong_credentials_total');
    tellWhy(exchange, address);
    const counted = await Promise.all(allowed.map((limiter) => limiter.spend(address)));
    const waitMs = Math.max(0, ...counted.filter(({ isWithin }) => !isWithin).map(({ resetMs }) => resetMs));
    if (waitMs === 0) return 0;
    if (waitOf(address) === 0)
      log.warn(
        { address, requestId: exchange.requestId, seconds: Math.ceil(waitMs / 1_000) },
        'Wrong credentials again and again: refused',
      );
    waitUntil.set(address, clock.elapsed() + waitMs);
    return waitMs;
  };

  const isLookedAt = async (exchange: Exchange, address: string): Promise<boolean> => {
    const credential = bearerToken(exchange);
    if (credential === undefined) return false;
    if (recall(credential) !== null) return true;
    return TOKEN.test(credential) && unknownTokens !== undefined && (await unknownTokens.spend(address)).isWithin;
  };

  /** How long a credential has to wait before it is looked at; milliseconds. */
  const waitBefore = async (exchange: Exchange, address: string): Promise<number> => {
    const waitMs = waitOf(address);
    if (waitMs === 0 || (await isLookedAt(exchange, address))) return 0;
    metrics.count('http_wrong_credentials_total');
    return waitMs;
  };

  /** Where a credential is needed. */
  const needed =
    (serve: Serve): Serve =>
    async (exchange, params) => {
      if (exchange.header('authorization') === undefined) return serve(exchange, params);
      const address = addressOf(exchange);
      const waitMs = waitUntil.size === 0 ? 0 : await waitBefore(exchange, address);
      if (waitMs > 0) return tooMany(exchange, waitMs);
      const answer = await serve(exchange, params);
      // A user who shares the address with somebody who guesses is told to renew their token, not to wait.
      if (!('status' in answer) || answer.status !== 401 || exchange.isExpired) return answer;
      const nowMs = await countRefused(exchange, address);
      return nowMs > 0 ? tooMany(exchange, nowMs) : answer;
    };

  /**
   * Public calls are answered to everybody, and yet a secret could be guessed with them: an operator's calls are not
   * rate-limited, and others are. So a wrong credential counts here too, and is not looked at while its address waits.
   */
  const notNeeded =
    (authenticate: Authenticate): Authenticate =>
    async (exchange) => {
      if (bearerToken(exchange) === undefined) return authenticate(exchange);
      const address = addressOf(exchange);
      if ((await waitBefore(exchange, address)) > 0) return E.left(unauthenticated);
      const found = await authenticate(exchange);
      const isWrong = E.isLeft(found) && found.left.code === 'UNAUTHENTICATED' && !exchange.isExpired;
      if (isWrong) await countRefused(exchange, address);
      return found;
    };

  return { needed, notNeeded };
};
