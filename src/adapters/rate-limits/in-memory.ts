import { RateLimiterMemory } from 'rate-limiter-flexible';
import { type OpenRateLimiter } from '../../application/ports/rate-limiter.js';
import { spendWith } from './spend-with.js';

/** Counts within this process. */
export const inMemoryRateLimiter: OpenRateLimiter = (_, quota) =>
  spendWith(new RateLimiterMemory({ keyPrefix: '', points: quota.requests, duration: quota.seconds }), quota);
