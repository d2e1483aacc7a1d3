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
