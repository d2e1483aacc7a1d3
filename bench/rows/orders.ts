import { z } from 'zod';
import { type Bench } from '../harness/bench.js';
import { type Child, startChild } from '../harness/child.js';
import { type EngineSet } from '../harness/engine-sets.js';
import { count, median, ms, percentile, spread } from '../harness/numbers.js';
import { type Finding, type Row } from '../harness/row.js';
import { type Server, using } from '../harness/servers.js';
import { createProducts } from '../work/order-products.js';

const pressed = z.object({ wallMs: z.number() });
const paced = z.object({ heldMs: z.array(z.number()), confirmedMs: z.array(z.number()) });
const CONNECTIONS = 128;
const perSecond = (value: number): string => `${count(value)}/s`;

interface Round {
  readonly perSecond: number;
  readonly cpuUs: number;
}

const ordersOf = ({ short }: Bench, { isEmbedded }: EngineSet): number => (short ? 300 : isEmbedded ? 4_000 : 1_500);

const press = async (
  bench: Bench,
  set: EngineSet,
  server: Server,
  people: Child,
  products: number,
): Promise<Round[]> => {
  const orders = ordersOf(bench, set);
  const rounds: Round[] = [];
  // The first is warm-up.
  for (let n = 0; n < (bench.short ? 2 : 5); n++) {
    const salt = `press-${products}-${n}`;
    const ids = await createProducts(server.url, salt, products, orders);
    const before = await server.child.usage();
    const job = { kind: 'press', url: server.url, products: ids, salt, connections: CONNECTIONS, orders };
    const { wallMs } = pressed.parse(await people.ask(job));
    const { cpuUs } = await server.child.usage();
    if (n > 0) rounds.push({ perSecond: orders / (wallMs / 1_000), cpuUs: (cpuUs - before.cpuUs) / orders });
  }
  return rounds;
};

const takenPerSecond = async (bench: Bench, set: EngineSet, server: Server, people: Child, products: number) => {
  const { label } = set;
  const rounds = await press(bench, set, server, people, products);
  const rates = rounds.map((round) => round.perSecond);
  const cpu = median(rounds.map(({ cpuUs }) => cpuUs));
  const where = products === 1 ? 'one hot product' : `${products} products`;
  bench.say(`${label}, ${where}: ${perSecond(median(rates))}`);
  return {
    what: `orders/s on ${where}, from the order to its 201 with the goods held, ${CONNECTIONS} connections, Doorbuster, ${label}`,
    measured: `${perSecond(median(rates))}${spread(rates, perSecond)}, ${count(cpu)} µs of CPU each`,
  };
};

const confirmed = async (bench: Bench, { label }: EngineSet, server: Server, people: Child): Promise<Finding> => {
  const [rate, seconds] = bench.short ? [50, 1] : [100, 10];
  const paying = async (salt: string) => {
    const products = await createProducts(server.url, salt, 1, rate * seconds);
    const job = { kind: 'pace', url: server.url, products, salt, connections: 200 };
    return paced.parse(await people.ask({ ...job, perSecond: rate, seconds, pays: true }));
  };
  // Nobody has paid for anything yet.
  await paying('warm-up');
  const before = await server.child.usage();
  const all = await paying('pace');
  const cpuUs = ((await server.child.usage()).cpuUs - before.cpuUs) / (rate * seconds);
  const of = (values: ReadonlyArray<number>, percent: number): string => ms(percentile(values, percent));
  bench.say(`${label}: confirmed p99 ${of(all.confirmedMs, 99)}`);
  return {
    what: `hold → paid → confirmed at ${rate} orders/s on one product, p99, Doorbuster, ${label}`,
    measured: `${of(all.confirmedMs, 99)} (p50 ${of(all.confirmedMs, 50)}; held after p50 ${of(all.heldMs, 50)}, p99 ${of(all.heldMs, 99)}), ${count(cpuUs)} µs of CPU each`,
  };
};

const run = async (bench: Bench): Promise<ReadonlyArray<Finding>> => {
  const findings: Finding[] = [];
  for (const set of bench.engines)
    await using(set.start(), async (server) => {
      const people = startChild('bench/work/order-load.ts');
      for (const products of [1, 100]) findings.push(await takenPerSecond(bench, set, server, people, products));
      findings.push(await confirmed(bench, set, server, people));
      await people.stop();
    });
  return findings;
};

export const orders: Row = {
  name: 'orders',
  title: 'Orders and payments',
  limitS: { short: 60, full: 400 },
  onEngines: true,
  run,
};
