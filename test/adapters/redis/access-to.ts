import { type RedisAccess } from '../../../src/adapters/redis/client.js';
import { parseRedisUrl } from '../../../src/adapters/redis/redis-url.js';
import { rightOf } from '../../support/answer-of.js';

/** What a URL leads to, and what else there is to say. */
export const accessTo = (url: string, more: Omit<RedisAccess, 'address'> = {}): RedisAccess => ({
  address: rightOf(parseRedisUrl(url)),
  ...more,
});
