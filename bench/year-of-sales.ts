/**
 * What a shop's past costs: how long the built product takes to start, and how much memory it has of its own, on a data
 * directory with so many events of sales that are over, before and after it sells something more. The shop lives for a
 * year with so many events in all, and is looked at on the way: sold by the rules of the product and into its own event store, folded by
 * its own views, sealed; four times in the year what is not kept is dropped, so that its space is used again.
 *   node --import ./test/support/run-typescript.mjs bench/year-of-sales.ts [EVENTS]
 * BENCH_DIST names a build to be measured instead of the sources as they are now, BENCH_DATA where the directory is made.
 */
import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { z } from 'zod';
import { build } from './harness/built.js';
import { startChild, stopChildren } from './harness/child.js';
import { count, median, megabytes, seconds, spread } from './harness/numbers.js';
import { momentOfSale } from './harness/moment-of-sale.js';
import { startProduct } from './harness/servers.js';
import { flagsOfStart } from './harness/start-flags.js';

const STARTS = 3;
const WITHIN_MS = 3 * 3_600_000;
/** Some time after a server has begun to rest it gives memory back. */
const IDLE_MS = 40_000;
const SOLD = 2_000;
const AT_ONCE = 20;
/** Of one sale. */
const EVENTS = 10_000;
const SALES_AT_ONCE = 200;
const DROPPED_IN_A_YEAR = 4;

const sales = Math.ceil(Number(process.argv[2] ?? 100_000_000) / EVENTS);
/** After so many sales the shop is looked at. The first one is what is compared with: a shop without a past. */
const looks = [...[0, 100, 1_000, 2_500, 5_000].filter((each) => each < sales), sales];
const dist = process.env['BENCH_DIST'] ?? build();
const home = mkdtempSync(join(process.env['BENCH_DATA'] ?? tmpdir(), 'doorbuster-year-'));
const directory = join(home, 'data');
const until = Date.now();

const lived = z.object({
  dropped: z.number(),
  soldMs: z.number(),
  foldedMs: z.number(),
  bytes: z.record(z.string(), z.number()),
});

/** Lives from one sale to another and answers the bytes of each database afterwards. */
const live = async (from: number, to: number): Promise<Readonly<Record<string, number>>> => {
  // It holds hundreds of thousands of documents at a time, all of them young.
  const child = startChild('bench/work/year-of-sales.ts', { flags: [...flagsOfStart(), '--max-semi-space-size=256'] });
  const ends = Array.from({ length: Math.ceil((to - from) / SALES_AT_ONCE) }, (_, n) =>
    Math.min(to, from + (n + 1) * SALES_AT_ONCE),
  );
  let bytes: Readonly<Record<string, number>> = {};
  for (let [at, begun] = [from, performance.now()]; at < to; begun = performance.now()) {
    const end = ends.shift() ?? to;
    const quarter = (sale: number): number => Math.floor((sale / sales) * DROPPED_IN_A_YEAR);
    const isQuarterOver = quarter(end) > quarter(at);
    // The server that is looked at has today's date: what is old by then was dropped within the day, as it is every day.
    const forgetAsOf = end === to ? until : isQuarterOver ? momentOfSale(end, { sales, until }) : null;
    const asked = { directory, from: at, to: end, sales, until, forgetAsOf };
    const done = lived.parse(await child.ask(asked, WITHIN_MS));
    bytes = done.bytes;
    const perSecond = ((end - at) * EVENTS) / ((performance.now() - begun) / 1_000);
    console.error(
      `${count(end * EVENTS)} events, ${count(perSecond)}/s (sold in ${seconds(done.soldMs)}, folded, sealed and dropped in ${seconds(done.foldedMs)}), ` +
        `${count(done.dropped)} answers dropped, ${megabytes(statSync(join(directory, 'doorbuster.mdb')).size)}`,
    );
    at = end;
  }
  await child.stop('SIGKILL');
  return bytes;
};

const sell = async (url: string, couponId: string, from: number): Promise<void> => {
  for (let n = from; n < SOLD; n += AT_ONCE) {
    const body = JSON.stringify({ userId: `late-${n}`, requestId: `late-${n}` });
    const answer = await fetch(`${url}/api/coupons/${couponId}/issue`, {
      signal: AbortSignal.timeout(30_000),
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body,
    });
    if (answer.status !== 202) throw new Error(`HTTP ${answer.status} ${await answer.text()}`);
    await answer.arrayBuffer();
  }
};

/** Starts it several times, then lets it rest, and sells something more. */
const look = async (after: number, bytes: Readonly<Record<string, number>>): Promise<void> => {
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
  const today = `today-${after}`;
  await create(today, SOLD);
  await Promise.all(Array.from({ length: AT_ONCE }, (_, n) => sell(url, today, n)));
  const sold = (await child.usage()).own;
  const old = performance.now();
  const asked = await fetch(`${url}/api/coupons/${after === 0 ? today : 'sale-0'}`, {
    signal: AbortSignal.timeout(30_000),
  });
  if (!asked.ok) throw new Error(`The first sale of the year: HTTP ${asked.status}`);
  await asked.arrayBuffer();
  const oldMs = performance.now() - old;
  await child.stop();
  const used = Object.values(bytes).reduce((sum, each) => sum + each, 0);
  const each = Object.entries(bytes)
    .map(([name, size]) => [name, Math.round(size / (after * EVENTS))] as const)
    .filter(([, size]) => size > 0)
    .map(([name, size]) => `${name} ${size}`);
  console.log(
    `${count(after * EVENTS)} events, ${megabytes(statSync(join(directory, 'doorbuster.mdb')).size)} on disk, ${megabytes(used)} of them in use` +
      `${after === 0 ? '' : ` (bytes an event: ${Math.round(used / (after * EVENTS))}; ${each.join(', ')})`}: ` +
      `start to ready ${seconds(median(times))}${spread(times, seconds)}, CPU ${seconds(median(cpu))}${spread(cpu, seconds)}; own memory ${megabytes(idle)} idle, ${megabytes(sold)} ` +
      `after ${count(SOLD)} more requests; the first coupon of the year answers in ${seconds(oldMs)}`,
  );
};

for (const [index, after] of looks.entries()) {
  const before = looks[index - 1];
  await look(after, before === undefined ? {} : await live(before, after));
}
rmSync(home, { recursive: true, force: true });
await stopChildren();
