/**
 * How long answers take to come back after a FLUSHALL: orders on hold, their events embedded and everything else in a real
 * Redis, one process of the built product, nothing else going on.
 *   node --import ./test/support/run-typescript.mjs bench/wiped-redis.ts [EVENTS]
 * BENCH_DIST names a build to be measured instead of the sources as they are now.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { startOwnRedis } from '../test/support/engines/own-redis.js';
import { build } from './harness/built.js';
import { stopChildren, work } from './harness/child.js';
import { startProduct } from './harness/servers.js';

const TIMES = 3;
const HELD_MS = 3_600_000;
const LOOK_MS = 20;
const WITHIN_MS = 120_000;

/** An order and its hold are an event each. */
const orders = Math.round(Number(process.argv[2] ?? 100_000) / 2);
const given = process.env['BENCH_DIST'];
const dist = given ?? build();
const home = mkdtempSync(join(tmpdir(), 'doorbuster-wiped-'));
// The engines of the tests end with the process named here.
Object.assign(process.env, { TEST_RUN_DIR: home, TEST_RUN_PID: String(process.pid) });

const directory = join(home, 'data');
await work(
  'order-holds',
  { directory, productId: 'hot', holds: orders, expiresAt: Date.now() + HELD_MS },
  { withinMs: WITHIN_MS },
);
const redis = await startOwnRedis();
const { url } = await startProduct(dist, { DATA_DIR: directory, REDIS_URL: redis.url });

const untilAnswered = async (path: string): Promise<number> => {
  for (const began = performance.now(); performance.now() - began < WITHIN_MS; await sleep(LOOK_MS)) {
    const answer = await fetch(url + path, { signal: AbortSignal.timeout(WITHIN_MS) });
    await answer.arrayBuffer();
    if (answer.ok) return performance.now() - began;
  }
  throw new Error(`${path} was not answered within ${WITHIN_MS} ms`);
};

const last = `/api/orders/waiting-${orders - 1}`;
await untilAnswered(last);
for (let time = 0; time < TIMES; time += 1) {
  const began = performance.now();
  await redis.flush();
  const answered = await untilAnswered(last);
  await untilAnswered('/health/ready');
  const ready = performance.now() - began;
  console.log(
    `${orders * 2} events: an order is answered after ${answered.toFixed(0)} ms, ready after ${ready.toFixed(0)} ms`,
  );
}

await stopChildren();
await redis.stop();
if (given === undefined) rmSync(dirname(dist), { recursive: true, force: true });
rmSync(home, { recursive: true, force: true, maxRetries: 5, retryDelay: 100 });
process.exit(0);
