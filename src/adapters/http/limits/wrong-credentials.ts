import { either as E } from 'fp-ts';
import { recentlyUsed } from '../../../application/kernel/recently-used.js';
import { type Recall } from '../../../application/ports/identity.js';
import { type Clock } from '../../../application/ports/clock.js';
import { type Log } from '../../../application/ports/log.js';
import { type Metrics } from '../../../application/ports/metrics.js';
import { type Quota, type RateLimiter } from '../../../application/ports/rate-limiter.js';
import { type Answer, problem } from '../answer.js';
import { type Exchange } from '../exchange.js';
import { type Authenticate, unauthenticated } from '../identity/authenticate.js';
import { bearerToken } from '../identity/bearer-token.js';
import { type Serve } from '../route.js';
import { rateLimited } from './limit-rate.js';

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

/** How long an address has to wait, and for which quota. */
interface Wait {
  readonly ms: number;
  readonly quota: Quota;
}

const tooMany = ({ language }: Exchange, { ms, quota }: Wait): Answer => {
  const spent = { isWithin: false, remaining: 0, resetMs: ms };
  return problem(rateLimited([{ name: 'wrong-credentials', quota, spent }]), language);
};

/**
 * Counts the credentials that were refused, by address. The first of an address for each reason in a minute, and every one that
 * makes it wait, is a line in the log. Many people may share an address. So while it waits, credentials that are known to be good
 * are accepted, and a few unknown tokens are verified; everything else is refused with 429 without being looked at.
 */
export const slowWrongCredentials = ({ limits, recall, addressOf, clock, metrics, log }: WrongCredentialsPorts) => {
  const { refused: allowed = [], unknownTokens } = limits ?? {};
  const waiting = recentlyUsed<string, { readonly until: number; readonly quota: Quota }>(REMEMBERED);
  /** Addresses, each with a reason that the log has named lately. */
  const told = recentlyUsed<string, true>(REMEMBERED, TOLD_AGAIN_MS);
  const waitOf = (address: string): Wait | null => {
    const known = waiting.get(address);
    const ms = known === undefined ? 0 : known.until - clock.elapsed();
    return known === undefined || ms <= 0 ? null : { ms, quota: known.quota };
  };

  const tellWhy = ({ requestId, invalid }: Exchange, address: string): void => {
    const { kind: _, ...reason } = invalid ?? NOT_BEARER;
    const key = `${address} ${reason.why}`;
    if (told.has(key)) return;
    told.set(key, true);
    log.warn({ address, requestId, ...reason }, 'Wrong credentials');
  };

  /** How long the address has to wait now; null where it has not. */
  const countRefused = async (exchange: Exchange, address: string): Promise<Wait | null> => {
    metrics.count('http_wrong_credentials_total');
    tellWhy(exchange, address);
    const counted = await Promise.all(
      allowed.map(async ({ quota, spend }) => ({ quota, spent: await spend(address) })),
    );
    const waits = counted.flatMap(({ quota, spent }) => (spent.isWithin ? [] : [{ ms: spent.resetMs, quota }]));
    const [longest] = waits.sort((one, other) => other.ms - one.ms);
    if (longest === undefined) return null;
    const { ms, quota } = longest;
    if (waitOf(address) === null)
      log.warn(
        { address, requestId: exchange.requestId, seconds: Math.ceil(ms / 1_000) },
        'Wrong credentials again and again: refused',
      );
    waiting.set(address, { until: clock.elapsed() + ms, quota });
    return longest;
  };

  const isLookedAt = async (exchange: Exchange, address: string): Promise<boolean> => {
    const credential = bearerToken(exchange);
    if (credential === undefined) return false;
    if (recall(credential) !== null) return true;
    return TOKEN.test(credential) && unknownTokens !== undefined && (await unknownTokens.spend(address)).isWithin;
  };

  /** How long a credential has to wait before it is looked at; null where it has not. */
  const waitBefore = async (exchange: Exchange, address: string): Promise<Wait | null> => {
    const wait = waitOf(address);
    if (wait === null || (await isLookedAt(exchange, address))) return null;
    metrics.count('http_wrong_credentials_total');
    return wait;
  };

  /** Where a credential is needed. */
  const needed =
    (serve: Serve): Serve =>
    async (exchange, params) => {
      if (exchange.header('authorization') === undefined) return serve(exchange, params);
      const address = addressOf(exchange);
      const wait = waiting.size === 0 ? null : await waitBefore(exchange, address);
      if (wait !== null) return tooMany(exchange, wait);
      const answer = await serve(exchange, params);
      // A user who shares the address with somebody who guesses is told to renew their token, not to wait.
      if (!('status' in answer) || answer.status !== 401 || exchange.isExpired) return answer;
      const now = await countRefused(exchange, address);
      return now === null ? answer : tooMany(exchange, now);
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
      if ((await waitBefore(exchange, address)) !== null) return E.left(unauthenticated);
      const found = await authenticate(exchange);
      const isWrong = E.isLeft(found) && found.left.code === 'UNAUTHENTICATED' && !exchange.isExpired;
      if (isWrong) await countRefused(exchange, address);
      return found;
    };

  return { needed, notNeeded };
};
