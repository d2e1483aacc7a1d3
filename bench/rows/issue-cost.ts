import { z } from 'zod';
import { type Bench } from '../harness/bench.js';
import { work } from '../harness/child.js';
import { count, median, spread } from '../harness/numbers.js';
import { atMost, type Finding, FILLING_S, type Row } from '../harness/row.js';

const decided = z.object({ wallMs: z.number(), cpuUs: z.number() });
const rounds = z.array(z.object({ small: decided, large: decided }));
const times = (value: number): string => `${value.toFixed(2)}×`;

const run = async (bench: Bench): Promise<ReadonlyArray<Finding>> => {
  const { directory, couponId, holders } = await bench.largeCoupon();
  const requests = bench.short ? 2_000 : 20_000;
  const job = { directory, couponId, holders, requests, rounds: bench.short ? 3 : 7 };
  // The first is warm-up.
  const [, ...all] = rounds.parse(await work('issue-cost', job));
  const costs = all.map(({ small, large }) => large.cpuUs / small.cpuUs);
  const wall = median(all.map(({ small, large }) => large.wallMs / small.wallMs));
  const each = (of: 'small' | 'large'): string => (median(all.map((round) => round[of].cpuUs)) / requests).toFixed(1);
  bench.say(`${each('small')} µs and ${each('large')} µs`);
  const { measured, wanted } = atMost(median(costs), 1.5, 1, times);
  return [
    {
      what: `cost of one issue at ${count(holders)} holders against 1,000`,
      measured: `${measured}${spread(costs, times)}: ${each('small')} → ${each('large')} µs of CPU; ${times(wall)} by the clock`,
      wanted,
    },
  ];
};

export const issueCost: Row = { name: 'issue-cost', title: 'Growing coupons', limitS: FILLING_S, run };
