import { setTimeout as sleep } from 'node:timers/promises';
import { pathToFileURL } from 'node:url';
import { z } from 'zod';
import { type Bench } from '../harness/bench.js';
import { type Child, startChild, work } from '../harness/child.js';
import { count, ms, percentile, seconds } from '../harness/numbers.js';
import { type Finding, type Row } from '../harness/row.js';
import { type Server, startProduct, using } from '../harness/servers.js';
import { createProducts } from '../work/order-products.js';

const paced = z.object({ heldMs: z.array(z.number()) });
const shelf = z.object({ held: z.number(), available: z.number() });
const HOT = 'hot';
const HELD_MS = 3_600_000;
const PER_SECOND = 50;
const LOOK_MS = 100;
/** Less than that in a second is no work. */
const QUIET_CPU_US = 300_000;

const shelfOf = async (url: string): Promise<z.infer<typeof shelf>> =>
  shelf.parse(await (await fetch(`${url}/api/products/${HOT}`)).json());

/** Afterwards the writer of the product has it in memory, like that of a server that took these orders itself. */
const receiveOne = async (url: string): Promise<void> => {
  const received = await fetch(`${url}/api/products/${HOT}/stock`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ quantity: 1, deliveryNote: 'one' }),
  });
  if (!received.ok) throw new Error(`Receiving: HTTP ${received.status} ${await received.text()}`);
  await received.arrayBuffer();
};

/** How many orders have come to their end. */
const overOf = async (url: string): Promise<number> => {
  const metrics = await (await fetch(`${url}/metrics`)).text();
  return Number(/^deadline_lateness_seconds_count\{kind="order-expiry"\} (\d+)/m.exec(metrics)?.[1] ?? 0);
};

/** Until every view, the saga and the relay have seen everything, and the snapshot of the product is written. */
const caughtUp = async ({ url, child }: Server, holds: number): Promise<void> => {
  while ((await shelfOf(url)).held < holds) await sleep(LOOK_MS);
  for (let before = await child.usage(); ;) {
    await sleep(1_000);
    const now = await child.usage();
    if (now.cpuUs - before.cpuUs < QUIET_CPU_US) return;
    before = now;
  }
};

const orderFor = async (
  people: Child,
  url: string,
  products: ReadonlyArray<string>,
  salt: string,
  duration: number,
) => {
  const job = { kind: 'pace', url, products, salt, connections: 100, perSecond: PER_SECOND, pays: false };
  return paced.parse(await people.ask({ ...job, seconds: duration })).heldMs;
};

const measure = async (bench: Bench, server: Server, holds: number): Promise<ReadonlyArray<Finding>> => {
  await receiveOne(server.url);
  await caughtUp(server, holds);
  const products = await createProducts(server.url, 'meanwhile', 1, 1_000_000);
  const people = startChild('bench/work/order-load.ts');
  const duration = bench.short ? 1 : 4;
  const before = await orderFor(people, server.url, products, 'before', duration);

  const idle = await server.child.usage();
  await server.child.ask({ kind: 'set-forward', ms: HELD_MS });
  const start = performance.now();
  let freeMs = 0;
  let overMs = 0;
  const ended = async (): Promise<void> => {
    while ((await shelfOf(server.url)).available <= holds) await sleep(LOOK_MS);
    freeMs = performance.now() - start;
    while ((await overOf(server.url)) < holds) await sleep(LOOK_MS);
    overMs = performance.now() - start;
  };
  const [meanwhile, behind]: [number[], number[]] = [[], []];
  const goOn = async (): Promise<void> => {
    for (let n = 0; overMs === 0; n++) {
      const held = freeMs === 0 ? meanwhile : behind;
      held.push(...(await orderFor(people, server.url, products, `meanwhile-${n}`, 1)));
    }
  };
  await Promise.all([ended(), goOn()]);
  const cpuUs = (await server.child.usage()).cpuUs - idle.cpuUs;

  const held = (values: ReadonlyArray<number>): string =>
    values.length === 0 ? 'none' : `p50 ${ms(percentile(values, 50))}, p99 ${ms(percentile(values, 99))}`;
  bench.say(`${count(holds)} free after ${seconds(freeMs)}, over after ${seconds(overMs)}`);
  return [
    {
      what: `${count(holds)} holds on one product run out at once: until all is free again, embedded`,
      measured: `${seconds(freeMs)} (${count(holds / (freeMs / 1_000))}/s); every order is over after ${seconds(overMs)} (${count(cpuUs / holds)} µs of CPU each, other orders included)`,
    },
    {
      what: `orders taken meanwhile, ${PER_SECOND}/s of another product, until their goods are held`,
      measured: `${held(meanwhile)} (before: ${held(before)}); while the orders end: ${held(behind)}`,
    },
  ];
};

/** The time comes by setting the server's clock forward, so that it is at rest when it does. */
const run = async (bench: Bench): Promise<ReadonlyArray<Finding>> => {
  const holds = bench.short ? 1_000 : 100_000;
  const directory = bench.directory();
  await work(
    'order-holds',
    { directory, productId: HOT, holds, expiresAt: Date.now() + HELD_MS },
    { withinMs: 240_000 },
  );
  bench.say(`${count(holds)} orders are held`);
  const clock = ['--import', pathToFileURL('bench/work/order-clock.mjs').href];
  return using(startProduct(bench.dist, { DATA_DIR: directory }, clock), (server) => measure(bench, server, holds));
};

export const ordersExpire: Row = {
  name: 'orders-expire',
  title: 'Holds that run out together',
  limitS: { short: 60, full: 400 },
  run,
};
