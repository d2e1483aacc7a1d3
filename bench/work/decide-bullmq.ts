import { Queue, Worker } from 'bullmq';
import { z } from 'zod';
import { redisGate } from '../compared/redis-gate.js';
import { answering } from '../harness/answering.js';

/** Jobs that stand in the queue, worked off one at a time by one worker. */
answering(z.object({ url: z.string(), requests: z.number() }), async ({ url, requests }) => {
  const connection = { host: new URL(url).hostname, port: Number(new URL(url).port) };
  const { record } = redisGate(url);
  const name = `decide-${Date.now()}`;
  const queue = new Queue<{ readonly requestId: string }>(name, { connection });
  const jobs = Array.from({ length: requests }, (_, n) => ({ requestId: `${name}-${n}` }));
  for (let from = 0; from < requests; from += 1_000)
    await queue.addBulk(
      jobs
        .slice(from, from + 1_000)
        .map((data) => ({ name, data, opts: { jobId: data.requestId, removeOnComplete: true } })),
    );
  let left = requests;
  const start = performance.now();
  await new Promise<void>((done) => {
    new Worker<{ readonly requestId: string }>(
      name,
      async ({ data }) => {
        await record(data.requestId);
        if (--left === 0) done();
      },
      { connection, concurrency: 1 },
    );
  });
  return { wallMs: performance.now() - start };
});
