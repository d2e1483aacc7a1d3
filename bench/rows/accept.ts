import { type Bench } from '../harness/bench.js';
import { count, median, ratio } from '../harness/numbers.js';
import { atLeast, type Finding, type Row } from '../harness/row.js';
import { type Server } from '../harness/servers.js';
import { BARE_KOA, bareKoa, comparedWith, productOn, type Target } from '../harness/targets.js';

interface Round {
  readonly perSecond: number;
  /** Of the server's process, until all were answered: accepting, and what was decided meanwhile. */
  readonly cpuUs: number;
  /** The same until all were final. */
  readonly finalCpuUs: number;
}

const CONNECTIONS = 128;

/** Emmett folds the whole stream for each command: as many requests as the others would take it an hour. */
const requestsOf = (name: string, { short }: Bench): number => (name === 'Emmett' ? 1_500 : 20_000) / (short ? 10 : 1);

const roundOf = async (bench: Bench, { name }: Target, { url, child, create }: Server, n: number): Promise<Round> => {
  const requests = requestsOf(name, bench);
  const couponId = `accept-${n}`;
  await create(couponId, 10 * requests);
  const before = await child.usage();
  const { wallMs } = await bench.generator.press({ url, couponId, salt: couponId, connections: CONNECTIONS, requests });
  const answered = await child.usage();
  // 20 a second: what the replaced design still has to do would go on for a quarter of an hour.
  if (name !== 'replaced design') await bench.generator.settle(url, couponId, requests);
  const final = await child.usage();
  return {
    perSecond: requests / (wallMs / 1_000),
    cpuUs: (answered.cpuUs - before.cpuUs) / requests,
    finalCpuUs: (final.cpuUs - before.cpuUs) / requests,
  };
};

const run = async (bench: Bench): Promise<ReadonlyArray<Finding>> => {
  const targets = [bareKoa, ...bench.engines.map(productOn), ...comparedWith(bench)];
  const servers = new Map<Target, Server>();
  for (const target of targets) servers.set(target, await target.start());
  const rounds = new Map<Target, Round[]>();
  const isWarm = bench.short ? 1 : 2;
  for (let n = 0; n < (bench.short ? 3 : 9); n++)
    for (const [target, server] of servers) {
      const round = await roundOf(bench, target, server, n);
      bench.say(`round ${n}, ${target.name}: ${count(round.perSecond)}/s, ${count(round.cpuUs)} µs of CPU each`);
      if (n >= isWarm) rounds.set(target, [...(rounds.get(target) ?? []), round]);
    }
  for (const { child } of servers.values()) await child.stop();

  const of = (target: Target, figure: (round: Round) => number): number =>
    median((rounds.get(target) ?? []).map(figure));
  const share = (target: Target): number =>
    median(
      (rounds.get(target) ?? []).map(({ perSecond }, n) => perSecond / (rounds.get(bareKoa)?.[n]?.perSecond ?? NaN)),
    );
  const [koaCpu, koaRate] = [of(bareKoa, ({ cpuUs }) => cpuUs), of(bareKoa, ({ perSecond }) => perSecond)];
  return targets.map((target) => {
    const [rate, cpu, all] = [
      of(target, (r) => r.perSecond),
      of(target, (r) => r.cpuUs),
      of(target, (r) => r.finalCpuUs),
    ];
    if (target === bareKoa)
      return {
        what: `accepted/s, ${BARE_KOA} with body parsing`,
        measured: `${count(koaRate)}/s, ${count(koaCpu)} µs of CPU a request`,
      };
    const { measured, wanted } = atLeast(share(target), 0.35, 0.7, ratio);
    return {
      what: `accepted/s as a share of ${BARE_KOA}, ${target.name}`,
      measured: `${measured} (${count(rate)}/s; CPU a request ${count(cpu)} µs, share ${ratio(koaCpu / cpu)}; ${count(all)} µs until final)`,
      ...(target.name === 'Doorbuster, embedded' && { wanted }),
    };
  });
};

export const accept: Row = { name: 'accept', title: 'Accepted requests, durable before the 202', run };
