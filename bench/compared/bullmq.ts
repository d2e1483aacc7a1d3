import { Queue, Worker } from 'bullmq';
import { redisGate } from './redis-gate.js';
import { serveKoa, type Ask } from './koa-server.js';

const WAIT_MS = 30_000;

/** A queue people would pick: the same gate before it, and one worker, one job at a time, for the order's sake. */
const url = process.env['REDIS_URL'] ?? '';
const { create, reserve, record, status } = redisGate(url);
const connection = { host: new URL(url).hostname, port: Number(new URL(url).port) };
const queue = new Queue<Ask>('issue', { connection });
const waiting = new Map<string, () => void>();

new Worker<Ask>(
  'issue',
  async ({ data: { requestId } }) => {
    await record(requestId);
    waiting.get(requestId)?.();
  },
  { connection, concurrency: 1 },
);

const untilRecorded = (requestId: string): Promise<void> =>
  new Promise((resolve) => {
    const timer = setTimeout(resolve, WAIT_MS);
    waiting.set(requestId, () => {
      clearTimeout(timer);
      resolve();
    });
  });

serveKoa({
  create,
  ask: async (ask) => {
    const answer = await reserve(ask);
    if (answer === 'ACCEPTED') await queue.add('issue', ask, { jobId: ask.requestId, removeOnComplete: true });
    return answer;
  },
  status: async (requestId) => {
    // Waiting first, then looking: what is recorded in between is not missed.
    const recorded = untilRecorded(requestId);
    const now = await status(requestId);
    if (now !== 'PROCESSING') waiting.get(requestId)?.();
    await recorded;
    waiting.delete(requestId);
    return now === 'PROCESSING' ? status(requestId) : now;
  },
});
