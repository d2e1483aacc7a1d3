import { RateLimiterMemory } from 'rate-limiter-flexible';
import { type OpenRateLimiter } from '../../application/ports/rate-limiter.js';
import { spendWith } from './spend-with.js';

/** Counts within this process. */
export const inMemoryRateLimiter: OpenRateLimiter = (name, quota) =>
  spendWith(new RateLimiterMemory({ keyPrefix: name, points: quota.requests, duration: quota.seconds }), quota);
