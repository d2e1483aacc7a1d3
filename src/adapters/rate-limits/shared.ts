import { RateLimiterMemory, RateLimiterRedis, RateLimiterRes, type RateLimiterAbstract } from 'rate-limiter-flexible';
import { z } from 'zod';
import {
  type OpenRateLimiter,
  type Quota,
  type RateLimiter,
  type Spent,
} from '../../application/ports/rate-limiter.js';

const spent = (isWithin: boolean, { remainingPoints, msBeforeNext }: RateLimiterRes): Spent => ({
  isWithin,
  remaining: remainingPoints,
  resetMs: Math.max(1, msBeforeNext),
});

/** The library rejects with what it counted when that is too much, and with an error when it could not count. */
const spendWith = (limiter: RateLimiterAbstract, quota: Quota): RateLimiter => ({
  quota,
  spend: async (key, requests = 1) => {
    try {
      return spent(true, await limiter.consume(key, Math.min(requests, quota.requests)));
    } catch (refused) {
      if (refused instanceof RateLimiterRes) return spent(false, refused);
      // Nobody counted it: a request too many does less harm than a sale that stops.
      return { isWithin: true, remaining: quota.requests, resetMs: quota.seconds * 1_000 };
    }
  },
});

/** Runs a Lua script on the server all processes share; rejects soon when that does not answer. */
export type RunLua = (lua: string, keys: ReadonlyArray<string>, args: ReadonlyArray<string>) => Promise<unknown>;

const call = z.tuple([z.string()], z.string());

/** What the library needs of a client to count: that it runs one script. */
const clientOf = (run: RunLua) => {
  let lua = '';
  return {
    defineCommand: (_: string, command: { readonly lua: string }): void => {
      lua = command.lua;
    },
    rlflxIncr: (given: unknown): Promise<unknown> => {
      const [key, ...args] = call.parse(given);
      return run(lua, [key], args);
    },
  };
};

/**
 * Counts for all processes together, one call to the server for each request. Whoever is over the quota is refused from memory
 * until the window ends; while the server is away this process counts alone.
 */
export const sharedRateLimiter =
  (run: RunLua): OpenRateLimiter =>
  (name, quota) => {
    const { requests: points, seconds: duration } = quota;
    const alone = new RateLimiterMemory({ keyPrefix: '', points, duration });
    const together = new RateLimiterRedis({
      storeClient: clientOf(run),
      keyPrefix: `rate:${name}`,
      points,
      duration,
      inMemoryBlockOnConsumed: points + 1,
      insuranceLimiter: alone,
    });
    return spendWith(together, quota);
  };

/** Counts within this process. */
export const inMemoryRateLimiter: OpenRateLimiter = (_, quota) =>
  spendWith(new RateLimiterMemory({ keyPrefix: '', points: quota.requests, duration: quota.seconds }), quota);
