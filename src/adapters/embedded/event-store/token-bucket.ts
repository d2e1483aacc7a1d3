export interface TokenBucket {
  /** 0 when a token was taken; else how many milliseconds it takes until there is one. */
  readonly take: () => number;
}

/** `size` tokens at once, and one more every `everyMs`: the generic cell rate algorithm, ITU-T I.371. */
export const tokenBucket = ({ size, everyMs }: { readonly size: number; readonly everyMs: number }): TokenBucket => {
  /** When the next token would come if only one were kept. */
  let nextAt = 0;
  return {
    take: () => {
      const now = performance.now();
      const missingMs = nextAt - now - (size - 1) * everyMs;
      if (missingMs > 0) return missingMs;
      nextAt = Math.max(nextAt, now) + everyMs;
      return 0;
    },
  };
};
