import { z } from 'zod';
import { type Bench } from '../harness/bench.js';
import { work } from '../harness/child.js';
import { count, median, ratio, spread } from '../harness/numbers.js';
import { atLeast, type Finding, type Row } from '../harness/row.js';

const rebuilt = z.array(
  z.object({
    view: z.string(),
    read: z.enum(['as it is', 'as stored']),
    events: z.number(),
    wallMs: z.number(),
    cpuMs: z.number(),
  }),
);
const perSecond = (value: number): string => `${count(value)}/s`;

const run = async (bench: Bench): Promise<ReadonlyArray<Finding>> => {
  const events = bench.short ? 20_000 : 300_000;
  const job = {
    variables: { DATA_DIR: bench.directory() },
    events,
    rounds: bench.short ? 1 : 3,
    compared: !bench.short,
  };
  const all = rebuilt.parse(await work('rebuild', job));
  const as = (read: 'as it is' | 'as stored') => all.filter((one) => one.read === read);
  const ofCpu = (read: 'as it is' | 'as stored'): number => as(read).reduce((sum, { cpuMs }) => sum + cpuMs, 0);
  const views = [...new Set(all.map(({ view }) => view))].map((name): Finding => {
    const rates = as('as it is')
      .filter(({ view }) => view === name)
      .map((one) => one.events / (one.wallMs / 1_000));
    bench.say(`${name}: ${perSecond(median(rates))}`);
    const { measured, wanted } = atLeast(median(rates), 100_000, 300_000, perSecond);
    return {
      what: `projection rebuild, events/s, embedded, view ${name} from ${count(events)} events`,
      measured: `${measured}${spread(rates, perSecond)}`,
      wanted,
    };
  });
  if (bench.short) return views;
  const { measured, wanted } = atLeast(ofCpu('as stored') / ofCpu('as it is'), 0.9, 1, ratio);
  return [
    ...views,
    {
      what: 'projection rebuild with versions read and schemas checked, of its speed without, by CPU',
      measured,
      wanted,
    },
  ];
};

export const rebuild: Row = { name: 'rebuild', title: 'Rebuilding read models', run };
