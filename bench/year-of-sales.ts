/**
 * What a shop's past costs: how long the built product takes to start, and how much memory it has of its own, on a data
 * directory with so many events of sales that are over, before and after it sells something more. The past is lived month by month:
 * sold, folded, sealed, and what is not kept dropped, so that its space is used again.
 *   node --import ./test/support/run-typescript.mjs bench/year-of-sales.ts [EVENTS …]
 * BENCH_DIST names a build to be measured instead of the sources as they are now.
 */
import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { z } from 'zod';
import { build } from './harness/built.js';
import { stopChildren, work } from './harness/child.js';
import { count, median, megabytes, seconds, spread } from './harness/numbers.js';
import { startProduct } from './harness/servers.js';

const STARTS = 3;
const FILLED_WITHIN_MS = 3 * 3_600_000;
const IDLE_MS = 20_000;
const SOLD = 2_000;
const AT_ONCE = 20;

const given = process.argv.slice(2).map(Number);
/** The first one is what is compared with: a shop without a past. */
const sizes = [0, ...(given.length === 0 ? [1_000_000, 5_000_000, 20_000_000] : given)];
const dist = process.env['BENCH_DIST'] ?? build();

const sell = async (url: string, from: number): Promise<void> => {
  for (let n = from; n < SOLD; n += AT_ONCE) {
    const body = JSON.stringify({ userId: `late-${n}`, requestId: `late-${n}` });
    const answer = await fetch(`${url}/api/coupons/today/issue`, {
      signal: AbortSignal.timeout(30_000),
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body,
    });
    if (answer.status !== 202) throw new Error(`HTTP ${answer.status} ${await answer.text()}`);
    await answer.arrayBuffer();
  }
};

for (const events of sizes) {
  const home = mkdtempSync(join(tmpdir(), 'doorbuster-year-'));
  const directory = join(home, 'data');
  const began = performance.now();
  const filled = z
    .object({ dropped: z.number() })
    .parse(await work('year-of-sales', { directory, events, fold: true }, { withinMs: FILLED_WITHIN_MS }));
  const filledIn = performance.now() - began;
  const variables = { DATA_DIR: directory };
  const [times, cpu]: [number[], number[]] = [[], []];
  for (let n = 0; n < STARTS; n += 1) {
    const { readyMs, child } = await startProduct(dist, variables);
    times.push(readyMs);
    cpu.push((await child.usage()).cpuUs / 1_000);
    await child.stop();
  }
  const { url, child, create } = await startProduct(dist, variables);
  await sleep(IDLE_MS);
  const idle = (await child.usage()).own;
  await create('today', SOLD);
  await Promise.all(Array.from({ length: AT_ONCE }, (_, n) => sell(url, n)));
  const sold = (await child.usage()).own;
  const old = performance.now();
  const asked = await fetch(`${url}/api/coupons/${events === 0 ? 'today' : 'sale-0'}`, {
    signal: AbortSignal.timeout(30_000),
  });
  if (!asked.ok) throw new Error(`The first sale of the year: HTTP ${asked.status}`);
  await asked.arrayBuffer();
  const oldMs = performance.now() - old;
  await child.stop('SIGKILL');
  console.log(
    `${count(events)} events, ${count(filled.dropped)} answers dropped, ${megabytes(statSync(join(directory, 'doorbuster.mdb')).size)} on disk (filled in ${seconds(filledIn)}): ` +
      `start to ready ${seconds(median(times))}${spread(times, seconds)}, CPU ${seconds(median(cpu))}${spread(cpu, seconds)}; own memory ${megabytes(idle)} idle, ${megabytes(sold)} ` +
      `after ${count(SOLD)} more requests; the first coupon of the year answers in ${seconds(oldMs)}`,
  );
  rmSync(home, { recursive: true, force: true });
}

await stopChildren();
