import { z } from 'zod';
import { type Bench } from '../harness/bench.js';
import { work } from '../harness/child.js';
import { count, megabytes, median, spread } from '../harness/numbers.js';
import { atMost, type Finding, type Row } from '../harness/row.js';

const taken = z.object({ wallMs: z.number(), cpuUs: z.number() });
const room = z.object({ joins: taken, promotions: taken });
const measurement = z.object({
  filled: taken,
  heapBytes: z.number(),
  rounds: z.array(z.object({ small: room, large: room })),
  raising: taken,
});
type Kind = 'joins' | 'promotions';

const FEW = 1_000;
const times = (value: number): string => `${value.toFixed(2)}×`;
const perSecond = (done: number, { wallMs, cpuUs }: z.infer<typeof taken>): string =>
  `${count(done / (wallMs / 1_000))}/s (${count(cpuUs / done)} µs of CPU each)`;

/** One schedule with many in line beside small ones, in turns. */
const run = async (bench: Bench): Promise<ReadonlyArray<Finding>> => {
  const plan = bench.short
    ? { people: 2_000, few: FEW, rounds: 2, joins: 300, promotions: 50, raised: 1_000 }
    : { people: 100_000, few: FEW, rounds: 7, joins: 2_000, promotions: 200, raised: 20_000 };
  const options = { flags: ['--expose-gc'], withinMs: bench.short ? 60_000 : 600_000 };
  const answer = await work('waiting-room', { directory: bench.directory(), ...plan }, options);
  const { filled, heapBytes, rounds, raising } = measurement.parse(answer);

  const flat = (kind: Kind, done: number): Pick<Finding, 'measured' | 'wanted'> => {
    const costs = rounds.map(({ small, large }) => large[kind].cpuUs / small[kind].cpuUs);
    const each = (of: 'small' | 'large'): string => count(median(rounds.map((round) => round[of][kind].cpuUs)) / done);
    const { measured, wanted } = atMost(median(costs), 1.5, 1, times);
    return { measured: `${measured}${spread(costs, times)}: ${each('small')} → ${each('large')} µs of CPU`, wanted };
  };
  const crowd = count(plan.people);
  bench.say(`${crowd} joined: ${perSecond(plan.people, filled)}`);
  return [
    {
      what: `joins/s on one schedule, until ${crowd} wait, each told its place`,
      measured: perSecond(plan.people, filled),
    },
    { what: `cost of one join with ${crowd} waiting against ${count(FEW)}`, ...flat('joins', plan.joins) },
    {
      what: `activations/s on one schedule, when its limit is raised by ${count(plan.raised)}`,
      measured: perSecond(plan.raised, raising),
    },
    {
      what: `cost of one promotion with ${crowd} waiting against ${count(FEW)}`,
      ...flat('promotions', plan.promotions),
    },
    { what: `memory of ${crowd} in line`, measured: megabytes(heapBytes) },
  ];
};

export const waitingRoom: Row = {
  name: 'waiting-room',
  title: 'A waiting room',
  limitS: { short: 90, full: 600 },
  run,
};
