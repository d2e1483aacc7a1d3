import { z } from 'zod';
import { type Bench } from '../harness/bench.js';
import { work } from '../harness/child.js';
import { type EngineSet } from '../harness/engine-sets.js';
import { count, median } from '../harness/numbers.js';
import { atLeast, type Finding, type Row } from '../harness/row.js';

const decided = z.array(z.object({ wallMs: z.number(), cpuUs: z.number() }));
const took = z.object({ wallMs: z.number() });
const perSecond = (value: number): string => `${count(value)}/s`;

const rate = async (bench: Bench, set: EngineSet, coupons: number) => {
  const requests = bench.short ? 5_000 : 50_000;
  const job = { variables: await set.variables(), coupons, requests, rounds: bench.short ? 3 : 6 };
  // The first two are warm-up.
  const rounds = decided.parse(await work('decide', job)).slice(bench.short ? 1 : 2);
  const of = { wall: median(rounds.map(({ wallMs }) => wallMs)), cpu: median(rounds.map(({ cpuUs }) => cpuUs)) };
  bench.say(`${set.label}, ${coupons} coupons: ${perSecond(requests / (of.wall / 1_000))}`);
  return { perSecond: requests / (of.wall / 1_000), cpuUs: of.cpu / requests };
};

const onProduct = async (bench: Bench, set: EngineSet): Promise<ReadonlyArray<Finding>> => {
  const hot = await rate(bench, set, 1);
  const { measured, wanted } = atLeast(hot.perSecond, 20_000, 100_000, perSecond);
  const findings: Finding[] = [
    {
      what: `decisions/s on one partition, one hot coupon, from the log to the durable append, Doorbuster, ${set.label}`,
      measured: `${measured} (${hot.cpuUs.toFixed(1)} µs of CPU each)`,
      wanted,
    },
  ];
  if (set.partitions === 1) return findings;
  const spread = await rate(bench, set, 12);
  return [
    ...findings,
    {
      what: `decisions/s, 12 coupons over ${set.partitions} partitions in one process, Doorbuster, ${set.label}`,
      measured: `${perSecond(spread.perSecond)} (${spread.cpuUs.toFixed(1)} µs of CPU each)`,
    },
  ];
};

const onEmmett = async (bench: Bench, holders: number): Promise<Finding> => {
  const requests = bench.short ? 50 : 500;
  const { wallMs } = took.parse(await work('decide-emmett', { holders, requests }));
  return {
    what: `decisions/s on one stream of ${count(holders)} events, Emmett`,
    measured: perSecond(requests / (wallMs / 1_000)),
  };
};

const onBullmq = async (bench: Bench): Promise<Finding> => {
  const requests = bench.short ? 1_000 : 20_000;
  const { wallMs } = took.parse(await work('decide-bullmq', { url: await bench.redis(), requests }));
  return { what: 'jobs/s of one worker, one at a time, BullMQ', measured: perSecond(requests / (wallMs / 1_000)) };
};

const run = async (bench: Bench): Promise<ReadonlyArray<Finding>> => {
  const findings: Finding[] = [];
  for (const set of bench.engines) findings.push(...(await onProduct(bench, set)));
  for (const holders of [1_000, 10_000]) findings.push(await onEmmett(bench, holders));
  return [...findings, await onBullmq(bench)];
};

export const decide: Row = { name: 'decide', title: 'Deciding', run };
