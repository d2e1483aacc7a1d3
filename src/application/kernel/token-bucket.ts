import { type Clock } from '../ports/clock.js';

export interface TokenBucket {
  /** 0 when a token was taken; else how many milliseconds it takes until there is one. */
  readonly take: () => number;
}

export interface TokenBucketOptions {
  /** So many at once. */
  readonly size: number;
  /** One more this often, milliseconds. */
  readonly everyMs: number;
}

/** For what may be done at once where it is done now and then, and not too often where it is done without end. GCRA, ITU-T I.371. */
export const tokenBucket = (elapsed: Clock['elapsed'], { size, everyMs }: TokenBucketOptions): TokenBucket => {
  /** When the next token would come if only one were kept. */
  let nextAt = -Infinity;
  return {
    take: () => {
      const now = elapsed();
      const missingMs = nextAt - now - (size - 1) * everyMs;
      if (missingMs > 0) return missingMs;
      nextAt = Math.max(nextAt, now) + everyMs;
      return 0;
    },
  };
};
