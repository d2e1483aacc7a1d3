import { either as E } from 'fp-ts';
import { LRUCache } from 'lru-cache';
import { type Clock } from '../../../application/ports/clock.js';
import { type Log } from '../../../application/ports/log.js';
import { type Metrics } from '../../../application/ports/metrics.js';
import { type RateLimiter } from '../../../application/ports/rate-limiter.js';
import { type Answer, problem } from '../answer.js';
import { type Exchange } from '../exchange.js';
import { type Authenticate, unauthenticated } from '../identity/authenticate.js';
import { bearerToken } from '../identity/bearer-token.js';
import { type Serve } from '../route.js';

export interface WrongCredentialsPorts {
  /** From the shortest window to the longest: whoever goes on is refused for longer. */
  readonly allowed: ReadonlyArray<RateLimiter>;
  readonly addressOf: (exchange: Exchange) => string;
  readonly clock: Pick<Clock, 'elapsed'>;
  readonly metrics: Pick<Metrics, 'count'>;
  readonly log: Pick<Log, 'warn'>;
}

const REMEMBERED = 50_000;
/** Signed tokens and API keys are looked at all the same: others behind one address may have good ones, and none can be guessed. */
const NOT_TO_BE_GUESSED = /^Bearer +([\w-]+\.[\w-]+\.[\w-]+|db_[\w-]{43})$/i;

const tooMany = (exchange: Exchange, ms: number): Answer =>
  problem({ code: 'RATE_LIMITED', headers: { 'Retry-After': String(Math.ceil(ms / 1_000)) } }, exchange.language);

/**
 * Counts the credentials that were refused, by address. The first of an address, and every one that makes it wait, is a line in
 * the log; while it waits, a secret that people chose is not even compared, and what is refused is answered 429.
 */
export const slowWrongCredentials = ({ allowed, addressOf, clock, metrics, log }: WrongCredentialsPorts) => {
  const waitUntil = new LRUCache<string, number>({ max: REMEMBERED });
  const waitOf = (address: string): number => Math.max(0, (waitUntil.get(address) ?? 0) - clock.elapsed());

  const refused = async (exchange: Exchange, address: string): Promise<number> => {
    metrics.count('http_wrong_credentials_total');
    const counted = await Promise.all(allowed.map((limiter) => limiter.spend(address)));
    const [first] = counted;
    const { requestId } = exchange;
    if (first !== undefined && first.remaining === (allowed[0]?.quota.requests ?? 0) - 1)
      log.warn({ address, requestId }, 'Wrong credentials');
    const waitMs = Math.max(0, ...counted.filter(({ isWithin }) => !isWithin).map(({ resetMs }) => resetMs));
    if (waitMs === 0) return 0;
    if (waitOf(address) === 0)
      log.warn(
        { address, requestId, seconds: Math.ceil(waitMs / 1_000) },
        'Wrong credentials again and again: refused',
      );
    waitUntil.set(address, clock.elapsed() + waitMs);
    return waitMs;
  };

  /** Where a credential is needed. */
  const needed =
    (serve: Serve): Serve =>
    async (exchange, params) => {
      const shown = exchange.header('authorization');
      if (shown === undefined) return serve(exchange, params);
      const address = addressOf(exchange);
      const waitMs = waitOf(address);
      if (waitMs > 0 && !NOT_TO_BE_GUESSED.test(shown)) {
        metrics.count('http_wrong_credentials_total');
        return tooMany(exchange, waitMs);
      }
      const answer = await serve(exchange, params);
      // A user who shares the address with somebody who guesses is told to renew their token, not to wait.
      if (!('status' in answer) || answer.status !== 401 || exchange.isExpired) return answer;
      const nowMs = await refused(exchange, address);
      return nowMs > 0 ? tooMany(exchange, nowMs) : answer;
    };

  /**
   * Public calls are answered to everybody, and yet a secret could be guessed with them: an operator's calls are not
   * rate-limited, and others are. So a wrong secret counts here too, and is not compared while its address is blocked.
   */
  const notNeeded =
    (authenticate: Authenticate): Authenticate =>
    async (exchange) => {
      if (bearerToken(exchange) === undefined || NOT_TO_BE_GUESSED.test(exchange.header('authorization') ?? ''))
        return authenticate(exchange);
      const address = addressOf(exchange);
      if (waitOf(address) > 0) {
        metrics.count('http_wrong_credentials_total');
        return E.left(unauthenticated);
      }
      const found = await authenticate(exchange);
      if (E.isLeft(found) && found.left.code === 'UNAUTHENTICATED') await refused(exchange, address);
      return found;
    };

  return { needed, notNeeded };
};
