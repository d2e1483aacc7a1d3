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

/** Lets what happens rarely happen at once, and limits how often it happens under load. The generic cell rate algorithm, ITU-T I.371. */
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
