import { type RateLimiter } from '../../../src/application/ports/rate-limiter.js';

/** A rate limit that lets everybody in, but only when the test says so: until then every request waits for it. */
export const heldLimiter = () => {
  const spent: (readonly [key: string, requests: number | undefined])[] = [];
  let release = (): void => undefined;
  const released = new Promise<void>((resolve) => (release = resolve));
  const limiter: RateLimiter = {
    quota: { requests: 1_000, seconds: 10 },
    spend: async (...spending) => {
      spent.push([spending[0], spending[1]]);
      await released;
      return { isWithin: true, remaining: 1, resetMs: 1 };
    },
  };
  return { limiter, spent, release: () => release() };
};
