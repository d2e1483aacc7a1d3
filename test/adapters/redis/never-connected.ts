import { type Redis } from 'ioredis';
import { type RedisConnection } from '../../../src/adapters/redis/connection.js';

/** Never connected: what it answers is up to the test. */
export const over = (redis: Redis): RedisConnection => ({
  hot: (work) => work(redis),
  needed: (work) => work(redis),
  steady: redis,
  listen: () => undefined,
  namespace: '',
  database: 0,
  deadline: () => null,
  runId: () => 'server',
  measureClock: () => undefined,
  health: async () => 'ok',
  close: async () => undefined,
});
