/**
 * The processes of docker-compose.yml, one of each, on real Kafka and Redis and the EventStoreDB stand-in: how soon a result is
 * visible at a given rate, paid orders at 100 a second, and what each process used for it.
 *   node --import ./test/support/run-typescript.mjs bench/split.ts [PER_SECOND [ORDERS_PER_SECOND]]
 * BENCH_DIST names a build to be measured instead of the sources as they are now.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { z } from 'zod';
import { paced } from './load/jobs.js';
import { build } from './harness/built.js';
import { startChild, stopChildren } from './harness/child.js';
import { distributed } from './harness/engine-sets.js';
import { ms, percentile } from './harness/numbers.js';
import { startProduct } from './harness/servers.js';
import { createProducts } from './work/order-products.js';

const LAYOUT = ['api', 'worker', 'projector', 'relay', 'scheduler'];
const [PARTITIONS, ROUNDS, SECONDS] = [3, 5, 5];
const confirmed = z.object({ confirmedMs: z.array(z.number()) });

const perSecond = Number(process.argv[2] ?? 1_000);
const ordersPerSecond = Number(process.argv[3] ?? 100);
const given = process.env['BENCH_DIST'];
const dist = given ?? build();
const home = mkdtempSync(join(tmpdir(), 'doorbuster-split-'));
// The engines of the tests end with the process named here.
Object.assign(process.env, { TEST_RUN_DIR: home, TEST_RUN_PID: String(process.pid) });

const engines = distributed(dist, () => join(home, 'events'), PARTITIONS);
const variables = { ...(await engines.variables()), DATA_DIR: join(home, 'data') };
const servers = await Promise.all(LAYOUT.map((PROCESSES) => startProduct(dist, { ...variables, PROCESSES })));
const [api] = servers;
if (api === undefined) throw new Error('There is no api');
const { url } = api;

const used = (): Promise<ReadonlyArray<number>> =>
  Promise.all(servers.map(async ({ child }) => (await child.usage()).cpuUs));

/** The times of one round, and what each process used for each request of it. */
const round = async (what: string, requests: number, times: () => Promise<ReadonlyArray<number>>): Promise<void> => {
  const before = await used();
  const all = await times();
  const after = await used();
  const each = LAYOUT.map((name, n) => `${name} ${Math.round(((after[n] ?? 0) - (before[n] ?? 0)) / requests)}`);
  console.log(`${what}: p50 ${ms(percentile(all, 50))}, p99 ${ms(percentile(all, 99))}; µs of CPU: ${each.join(', ')}`);
};

const people = startChild('bench/load/main.ts');
for (let n = 0; n < ROUNDS; n++) {
  const couponId = `visible-${n}`;
  await api.create(couponId, 10 * perSecond * SECONDS);
  const job = { kind: 'pace', url, couponId, salt: couponId, perSecond, seconds: SECONDS };
  await round(
    `visible at ${perSecond}/s`,
    perSecond * SECONDS,
    async () => paced.parse(await people.ask(job)).visibleMs,
  );
}
const buyers = startChild('bench/work/order-load.ts');
for (let n = 0; n < ROUNDS - 2; n++) {
  const orders = ordersPerSecond * 2 * SECONDS;
  const products = await createProducts(url, `pace-${n}`, 1, orders);
  const pace = { perSecond: ordersPerSecond, seconds: 2 * SECONDS, pays: true };
  const job = { kind: 'pace', url, products, salt: `pace-${n}`, connections: 200, ...pace };
  await round(
    `confirmed at ${ordersPerSecond}/s`,
    orders,
    async () => confirmed.parse(await buyers.ask(job)).confirmedMs,
  );
}

await stopChildren();
await engines.stop();
if (given === undefined) rmSync(dirname(dist), { recursive: true, force: true });
rmSync(home, { recursive: true, force: true, maxRetries: 5, retryDelay: 100 });
process.exit(0);
