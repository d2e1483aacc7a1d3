import { RateLimiterMemory, RateLimiterRedis } from 'rate-limiter-flexible';
import { z } from 'zod';
import { type OpenRateLimiter } from '../../application/ports/rate-limiter.js';
import { spendWith } from './spend-with.js';

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
