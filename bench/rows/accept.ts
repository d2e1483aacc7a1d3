import { type Bench } from '../harness/bench.js';
import { failure } from '../harness/failure.js';
import { inTurns, type Turns } from '../harness/in-turns.js';
import { count, median, ratio, spread } from '../harness/numbers.js';
import { atLeast, type Finding, type Row } from '../harness/row.js';
import { type Server, using } from '../harness/servers.js';
import { BARE_KOA, bareKoa, comparedWith, productOn, type Target } from '../harness/targets.js';

interface Round {
  readonly n: number;
  readonly perSecond: number;
  /** Of the server's process, until all were answered: accepting, and what was decided meanwhile. */
  readonly cpuUs: number;
  /** The same until all were final. */
  readonly finalCpuUs: number;
}

/**
 * People who ask one after the other. Enough of them to keep each server busy: with fewer, one that writes to disk before
 * it answers waits for its disk, which says what a single answer takes and not how many it can give.
 */
const CONNECTIONS = 256;
const REQUESTS = 20_000;
/** Each request is several round trips to three servers on the same two cores. */
const ENGINES_REQUESTS = 5_000;
/** Those compared with start anew for each round, so that what one leaves undone is not done in the next one's time. */
const COMPARED_REQUESTS = 5_000;
/** It folds the whole stream for each command: as many requests as the others would take it an hour. */
const EMMETT_REQUESTS = 1_500;

const press = async (bench: Bench, { url, child, create }: Server, couponId: string, requests: number) => {
  await create(couponId, 10 * requests);
  const before = await child.usage();
  const { wallMs } = await bench.generator.press({ url, couponId, salt: couponId, connections: CONNECTIONS, requests });
  const answered = await child.usage();
  return { before, wallMs, answered };
};

const kept = async (bench: Bench, server: Server, all: number, n: number): Promise<Round> => {
  const [requests, couponId] = [all / (bench.short ? 20 : 1), `accept-${n}`];
  const { before, wallMs, answered } = await press(bench, server, couponId, requests);
  await bench.generator.settle(server.url, couponId, requests);
  const final = await server.child.usage();
  return {
    n,
    perSecond: requests / (wallMs / 1_000),
    cpuUs: (answered.cpuUs - before.cpuUs) / requests,
    finalCpuUs: (final.cpuUs - before.cpuUs) / requests,
  };
};

const startedAnew = async (bench: Bench, { name, start }: Target, n: number): Promise<Round> => {
  const requests = (name === 'Emmett' ? EMMETT_REQUESTS : COMPARED_REQUESTS) / (bench.short ? 10 : 1);
  return using(start(), async (server) => {
    await press(bench, server, `warm-up-${n}`, requests / 2);
    const { before, wallMs, answered } = await press(bench, server, `accept-${n}`, requests);
    const cpuUs = (answered.cpuUs - before.cpuUs) / requests;
    return { n, perSecond: requests / (wallMs / 1_000), cpuUs, finalCpuUs: NaN };
  });
};

const findingOf = (bench: Bench, target: Target, { rounds, failed }: Turns<Round>, koa: Turns<Round>): Finding => {
  const what =
    target === bareKoa
      ? `accepted/s, a ${BARE_KOA} route with body parsing, ${CONNECTIONS} connections`
      : `accepted/s as a share of ${BARE_KOA}, ${target.name}`;
  if (failed !== null) return failure(bench, what, failed.error);
  const rates = rounds.map(({ perSecond }) => perSecond);
  const cpu = median(rounds.map(({ cpuUs }) => cpuUs));
  if (target === bareKoa)
    return { what, measured: `${count(median(rates))}/s${spread(rates, count)}, ${count(cpu)} µs of CPU a request` };
  const inRound = new Map(koa.rounds.map(({ n, perSecond }) => [n, perSecond]));
  const shares = rounds.map(({ n, perSecond }) => perSecond / (inRound.get(n) ?? NaN));
  const { measured, wanted } = atLeast(median(shares), 0.35, 0.7, ratio);
  const final = median(rounds.map(({ finalCpuUs }) => finalCpuUs));
  const untilFinal = Number.isNaN(final) ? '' : `, ${count(final)} µs until final`;
  const cpuShare = ratio(median(koa.rounds.map(({ cpuUs }) => cpuUs)) / cpu);
  return {
    what,
    measured:
      `${measured}${spread(shares, ratio)}: ${count(median(rates))}/s; ` +
      `${count(cpu)} µs of CPU a request, share ${cpuShare}${untilFinal}`,
    ...(target.name === 'Doorbuster, embedded' && { wanted }),
  };
};

const run = async (bench: Bench): Promise<ReadonlyArray<Finding>> => {
  const products = [bareKoa, ...bench.engines.map(productOn)];
  const onEngines = new Set(bench.engines.filter(({ isEmbedded }) => !isEmbedded).map((set) => productOn(set).name));
  const others = bench.withEngines ? [] : comparedWith(bench);
  const servers = new Map<Target, Server>();
  const serverOf = async (target: Target): Promise<Server> => {
    const server = servers.get(target) ?? (await target.start());
    servers.set(target, server);
    return server;
  };
  const turns = await inTurns(
    [...products, ...others],
    bench.short ? { warmUp: 1, rounds: 1 } : { warmUp: 2, rounds: 7 },
    async (target, n) => {
      const round = await (others.includes(target)
        ? startedAnew(bench, target, n)
        : kept(bench, await serverOf(target), onEngines.has(target.name) ? ENGINES_REQUESTS : REQUESTS, n));
      bench.say(`round ${n}, ${target.name}: ${count(round.perSecond)}/s, ${count(round.cpuUs)} µs of CPU each`);
      return round;
    },
  );
  for (const { child } of servers.values()) await child.stop('SIGKILL');
  const koa = turns.get(bareKoa) ?? { rounds: [], failed: null };
  return [...turns].map(([target, turn]) => findingOf(bench, target, turn, koa));
};

export const accept: Row = {
  name: 'accept',
  title: 'Accepted requests, durable before the 202',
  limitS: { short: 120, full: 300 },
  onEngines: true,
  run,
};
