import { redisGate } from './redis-gate.js';
import { serveKoa } from './koa-server.js';

const EVERY_MS = 5_000;
const BATCH = 100;
const QUEUE = 'queue';

/** The design that Doorbuster replaces: a sorted set as queue, and a scheduler that takes a batch from it now and then. */
const { redis, create, reserve, record, status } = redisGate(process.env['REDIS_URL'] ?? '');

const issueBatch = async (): Promise<void> => {
  const taken = await redis.zpopmin(QUEUE, BATCH);
  const requestIds = taken.filter((_, index) => index % 2 === 0);
  if (requestIds.length > 0) await record(...requestIds);
};

setInterval(() => void issueBatch(), EVERY_MS);
serveKoa({ create, ask: (ask) => reserve(ask, QUEUE), status });
