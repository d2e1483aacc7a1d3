import { either as E } from 'fp-ts';
import { z } from 'zod';
import { jsonOf } from '../../../application/kernel/json-of.js';
import { type Caller } from '../../../application/ports/identity.js';
import { type Metrics } from '../../../application/ports/metrics.js';
import { type Quota, type RateLimiter, type Spent } from '../../../application/ports/rate-limiter.js';
import { type Answer, problem } from '../answer.js';
import { BODY_LIMIT, type Exchange } from '../exchange.js';
import { type Refusal } from '../problems.js';
import { type Serve } from '../route.js';

/** What was counted against a quota, under the name that clients are told. */
interface Counted {
  readonly name: string;
  readonly quota: Quota;
  readonly spent: Spent;
}

const secondsOf = ({ resetMs }: Spent): number => Math.ceil(resetMs / 1_000);

/** As draft-ietf-httpapi-ratelimit-headers has it: every policy that counted, and what is left of each. */
export const rateLimited = (counted: ReadonlyArray<Counted>): Refusal => {
  const policies = counted.map(({ name, quota }) => `"${name}";q=${quota.requests};w=${quota.seconds}`);
  const left = counted.map(({ name, spent }) => `"${name}";r=${spent.remaining};t=${secondsOf(spent)}`);
  const after = Math.max(...counted.filter(({ spent }) => !spent.isWithin).map(({ spent }) => secondsOf(spent)));
  return {
    code: 'RATE_LIMITED',
    headers: {
      'Retry-After': String(after),
      'RateLimit-Policy': policies.join(', '),
      RateLimit: left.join(', '),
    },
  };
};

export interface RateLimits {
  /** Null: no limit. */
  readonly user: RateLimiter | null;
  readonly address: RateLimiter | null;
}

const named = z.object({ userId: z.union([z.string(), z.number()]).transform(String) });

const nameIn = (value: unknown): string | undefined => named.safeParse(value).data?.userId;

/** The shop's own backend and people ask for many. */
const isCounted = ({ kind }: Caller): boolean => kind === 'user' || kind === 'anonymous' || kind === 'local';

/** A signed-in user is who they are; without authentication, who they say, in the path or in the body. */
const userOf = (caller: Caller, params: unknown): string | undefined => {
  if (caller.kind === 'user') return caller.userId;
  return caller.kind === 'local' ? nameIn(params) : undefined;
};

/** A request counts once for each of these that its body has begun: what is large costs the disk more than a request. Bytes. */
const COUNTED_ONCE = 1_024;

/** For how many requests a body of this size counts. What is too large is refused, and costs no more than a request. */
const weightOf = (bytes: number): number => (bytes > BODY_LIMIT ? 1 : Math.max(1, Math.ceil(bytes / COUNTED_ONCE)));

export interface LimitRatePorts {
  readonly limits: RateLimits;
  readonly addressOf: (exchange: Exchange) => string;
  readonly metrics: Pick<Metrics, 'count'>;
}

/** So much is spent of the quota for this key; undefined where there is nothing to count. */
const spend = async (
  name: string,
  limiter: RateLimiter | null,
  key: string | undefined,
  requests: number,
): Promise<Counted | undefined> => {
  if (limiter === null || key === undefined || requests < 1) return undefined;
  return { name, quota: limiter.quota, spent: await limiter.spend(key, requests) };
};

/** What is left to be counted of a request that has been counted once. No request counts for more than the whole quota. */
const restOf = (limiter: RateLimiter | null, weight: number): number =>
  Math.min(weight, limiter?.quota.requests ?? weight) - 1;

/**
 * Refuses with 429 what comes too fast from one address, or for one user; each request counts for both at once. It counts
 * before its body is waited for, by the size that is declared: a body that comes slowly is a request like any other. Only
 * what the body alone can tell is counted after it: the user that an unknown caller names in it, and the size of chunks.
 */
export const limitRate = ({ limits: { user, address }, addressOf, metrics }: LimitRatePorts) => {
  if (user === null && address === null) return (serve: Serve): Serve => serve;
  /** The refusal where one of the two is over its quota; null where both are within it. */
  const refusal = async (
    byAddress: Promise<Counted | undefined>,
    byUser: Promise<Counted | undefined>,
    { language }: Exchange,
  ): Promise<Answer | null> => {
    const [ofAddress, ofUser] = [await byAddress, await byUser];
    const counted = [ofAddress, ofUser].filter((one) => one !== undefined);
    if (counted.every(({ spent }) => spent.isWithin)) return null;
    metrics.count('http_rate_limited_total', { by: ofAddress?.spent.isWithin === false ? 'address' : 'user' });
    return problem(rateLimited(counted), language);
  };
  return (serve: Serve): Serve =>
    async (exchange, params) => {
      const { caller, bodyBytes, hasBody } = exchange;
      if (!isCounted(caller)) return serve(exchange, params);
      const from = addressOf(exchange);
      const known = user === null ? undefined : userOf(caller, params);
      const isInChunks = bodyBytes === Infinity;
      const declared = weightOf(bodyBytes);
      const atOnce = await refusal(
        spend('address', address, from, declared),
        spend('user', user, known, declared),
        exchange,
      );
      if (atOnce !== null) return atOnce;
      const mayBeNamed = user !== null && caller.kind === 'local' && known === undefined;
      if (!hasBody || !(isInChunks || mayBeNamed)) return serve(exchange, params);
      const body = await exchange.body;
      if (E.isLeft(body)) return serve(exchange, params);
      const weight = weightOf(body.right.length);
      const unsaid = isInChunks ? weight : 1;
      const later = await refusal(
        spend('address', address, from, restOf(address, unsaid)),
        mayBeNamed
          ? spend('user', user, nameIn(jsonOf(body.right.toString())), weight)
          : spend('user', user, known, restOf(user, unsaid)),
        exchange,
      );
      return later ?? serve(exchange, params);
    };
};
