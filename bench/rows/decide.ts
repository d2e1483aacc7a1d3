import { z } from 'zod';
import { type Bench } from '../harness/bench.js';
import { work } from '../harness/child.js';
import { type EngineSet } from '../harness/engine-sets.js';
import { attempt } from '../harness/failure.js';
import { count, median, spread } from '../harness/numbers.js';
import { atLeast, type Finding, type Row } from '../harness/row.js';

const decided = z.array(z.object({ wallMs: z.number(), cpuUs: z.number() }));
const took = z.object({ wallMs: z.number() });
const perSecond = (value: number): string => `${count(value)}/s`;

const rate = async (bench: Bench, set: EngineSet, coupons: number) => {
  const requests = bench.short ? 3_000 : set.isEmbedded ? 50_000 : 20_000;
  const job = { variables: await set.variables(), coupons, requests, rounds: bench.short ? 3 : 7 };
  // The first two are warm-up.
  const rounds = decided.parse(await work('decide', job)).slice(bench.short ? 1 : 2);
  const rates = rounds.map(({ wallMs }) => requests / (wallMs / 1_000));
  const cpuUs = median(rounds.map((round) => round.cpuUs)) / requests;
  bench.say(`${set.label}, ${count(coupons)} coupons: ${perSecond(median(rates))}`);
  return { rate: median(rates), beside: `${spread(rates, perSecond)}, ${cpuUs.toFixed(1)} µs of CPU each` };
};

/** One coupon cannot be spread; twelve can, over as many partitions as there are. */
const onProduct = async (bench: Bench, set: EngineSet): Promise<ReadonlyArray<Finding>> => {
  const hotWhat = `decisions/s on one partition, one hot coupon, from the log to the durable append, Doorbuster, ${set.label}`;
  const over = set.partitions === 1 ? 'one partition' : `${set.partitions} partitions`;
  const spreadWhat = `decisions/s, 12 coupons over ${over} in one process, Doorbuster, ${set.label}`;
  return [
    ...(await attempt(bench, hotWhat, async () => {
      const hot = await rate(bench, set, 1);
      const { measured, wanted } = atLeast(hot.rate, 20_000, 100_000, perSecond);
      return [{ what: hotWhat, measured: `${measured}${hot.beside}`, wanted }];
    })),
    ...(await attempt(bench, spreadWhat, async () => {
      const all = await rate(bench, set, 12);
      return [{ what: spreadWhat, measured: `${perSecond(all.rate)}${all.beside}` }];
    })),
  ];
};

const onEmmett = (bench: Bench, holders: number): Promise<ReadonlyArray<Finding>> => {
  const requests = bench.short ? 20 : 500;
  const what = `decisions/s on one stream of ${count(holders)} events, Emmett`;
  return attempt(bench, what, async () => {
    const { wallMs } = took.parse(await work('decide-emmett', { holders, requests }));
    return [{ what, measured: perSecond(requests / (wallMs / 1_000)) }];
  });
};

const onBullmq = (bench: Bench): Promise<ReadonlyArray<Finding>> => {
  const requests = bench.short ? 200 : 10_000;
  const what = 'jobs/s of one worker, one at a time, BullMQ';
  return attempt(bench, what, async () => {
    const { wallMs } = took.parse(await work('decide-bullmq', { url: await bench.redis(), requests }));
    return [{ what, measured: perSecond(requests / (wallMs / 1_000)) }];
  });
};

const run = async (bench: Bench): Promise<ReadonlyArray<Finding>> => {
  const findings: Finding[] = [];
  for (const set of bench.engines) findings.push(...(await onProduct(bench, set)));
  if (bench.withEngines) return findings;
  for (const holders of [1_000, 10_000]) findings.push(...(await onEmmett(bench, holders)));
  const replaced = 'results/s, replaced design';
  return [
    ...findings,
    ...(await onBullmq(bench)),
    { what: replaced, measured: '20/s by its design: batches of 100, every 5 s', state: 'not run' },
  ];
};

export const decide: Row = {
  name: 'decide',
  title: 'Deciding',
  limitS: { short: 120, full: 300 },
  onEngines: true,
  run,
};
