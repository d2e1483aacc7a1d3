import { either as E } from 'fp-ts';
import { z } from 'zod';
import { type Caller } from '../../../application/ports/identity.js';
import { type Metrics } from '../../../application/ports/metrics.js';
import { type RateLimiter } from '../../../application/ports/rate-limiter.js';
import { problem } from '../answer.js';
import { type Exchange } from '../exchange.js';
import { type Serve } from '../route.js';
import { type Counted, rateLimited } from './rate-limited.js';

export interface RateLimits {
  /** Null: no limit. */
  readonly user: RateLimiter | null;
  readonly address: RateLimiter | null;
}

const named = z.object({ userId: z.union([z.string(), z.number()]).transform(String) });

/** Whom a request of an unknown caller names, in its path or body; undefined when nobody. */
const nameIn = async (exchange: Exchange, params: unknown): Promise<string | undefined> => {
  const inPath = named.safeParse(params);
  if (inPath.success) return inPath.data.userId;
  if (!exchange.hasBody) return undefined;
  const body = await exchange.body;
  if (E.isLeft(body)) return undefined;
  try {
    return named.safeParse(JSON.parse(body.right.toString('utf8'))).data?.userId;
  } catch {
    return undefined;
  }
};

/** The shop's own backend and people ask for many. */
const isCounted = ({ kind }: Caller): boolean => kind === 'user' || kind === 'anonymous' || kind === 'local';

/** A signed-in user is who they are; without authentication, who they say. */
const userOf = (caller: Caller, exchange: Exchange, params: unknown) => {
  if (caller.kind === 'user') return caller.userId;
  return caller.kind === 'local' ? nameIn(exchange, params) : undefined;
};

/** A request counts once for each of these that its body has begun: what is large costs the disk more than a request. Bytes. */
const COUNTED_ONCE = 1_024;

/** For how many requests it counts. */
const weightOf = async (exchange: Exchange): Promise<number> => {
  const body = await exchange.body;
  return E.isLeft(body) ? 1 : Math.max(1, Math.ceil(body.right.length / COUNTED_ONCE));
};

export interface LimitRatePorts {
  readonly limits: RateLimits;
  readonly addressOf: (exchange: Exchange) => string;
  readonly metrics: Pick<Metrics, 'count'>;
}

/** Refuses with 429 what comes too fast from one address, or for one user; each request counts for both at once. */
export const limitRate = ({ limits: { user, address }, addressOf, metrics }: LimitRatePorts) => {
  if (user === null && address === null) return (serve: Serve): Serve => serve;
  return (serve: Serve): Serve =>
    async (exchange, params) => {
      const { caller } = exchange;
      if (!isCounted(caller)) return serve(exchange, params);
      const asked = user === null ? undefined : userOf(caller, exchange, params);
      const name = asked instanceof Promise ? await asked : asked;
      const weight = exchange.bodyBytes <= COUNTED_ONCE ? 1 : await weightOf(exchange);
      const countedByAddress = address?.spend(addressOf(exchange), weight);
      const countedByUser = name === undefined ? undefined : user?.spend(name, weight);
      const [ofAddress, ofUser] = [await countedByAddress, await countedByUser];
      if (ofAddress?.isWithin !== false && ofUser?.isWithin !== false) return serve(exchange, params);
      const counted: Counted[] = [];
      if (address !== null && ofAddress !== undefined)
        counted.push({ name: 'address', quota: address.quota, spent: ofAddress });
      if (user !== null && ofUser !== undefined) counted.push({ name: 'user', quota: user.quota, spent: ofUser });
      metrics.count('http_rate_limited_total', { by: ofAddress?.isWithin === false ? 'address' : 'user' });
      return problem(rateLimited(counted), exchange.language);
    };
};
