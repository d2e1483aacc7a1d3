import { RateLimiterRes, type RateLimiterAbstract } from 'rate-limiter-flexible';
import { type Quota, type RateLimiter, type Spent } from '../../application/ports/rate-limiter.js';

const spent = (isWithin: boolean, { remainingPoints, msBeforeNext }: RateLimiterRes): Spent => ({
  isWithin,
  remaining: remainingPoints,
  resetMs: Math.max(1, msBeforeNext),
});

/** The library rejects with what it counted when that is too much, and with an error when it could not count. */
export const spendWith = (limiter: RateLimiterAbstract, quota: Quota): RateLimiter => ({
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
