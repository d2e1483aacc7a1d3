import { LRUCache } from 'lru-cache';

/**
 * The entries used last, at most so many, each for at most `ttlMs`. It grows as it fills: with the library's own `max` an
 * empty one would allocate all of its room, some 10 ms for 50,000 entries.
 */
export const recentlyUsed = <K extends NonNullable<unknown>, V extends NonNullable<unknown>>(
  most: number,
  ttlMs?: number,
): LRUCache<K, V> =>
  new LRUCache<K, V>({ maxSize: most, sizeCalculation: () => 1, ...(ttlMs !== undefined && { ttl: ttlMs }) });

const LOOKS_EVERY_MS = 60_000;

export interface WhileUsed<V> {
  /** Of all entries together, in the units of `sizeOf`. */
  readonly most: number;
  readonly idleMs: number;
  readonly sizeOf: (value: V) => number;
  /** How often it looks for what is idle, milliseconds. Default a minute. */
  readonly looksEveryMs?: number;
}

/**
 * The entries used last, at most `most` in size, each until it was not set again for `idleMs`. Those that nobody asks for are dropped
 * now and then as others come: a timer for each of them would cost more, and would hold all of them in memory.
 */
export const whileUsed = <K extends NonNullable<unknown>, V extends NonNullable<unknown>>({
  most,
  idleMs,
  sizeOf,
  looksEveryMs = LOOKS_EVERY_MS,
}: WhileUsed<V>): LRUCache<K, V> => {
  let lookAt = performance.now() + looksEveryMs;
  const cache: LRUCache<K, V> = new LRUCache<K, V>({
    maxSize: most,
    ttl: idleMs,
    sizeCalculation: (value) => Math.min(sizeOf(value), most),
    onInsert: () => {
      if (performance.now() < lookAt) return;
      lookAt = performance.now() + looksEveryMs;
      cache.purgeStale();
    },
  });
  return cache;
};
