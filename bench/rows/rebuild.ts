import { z } from 'zod';
import { type Bench } from '../harness/bench.js';
import { work } from '../harness/child.js';
import { count, median, spread } from '../harness/numbers.js';
import { atLeast, type Finding, type Row } from '../harness/row.js';

const rebuilt = z.array(z.object({ view: z.string(), events: z.number(), wallMs: z.number() }));
const perSecond = (value: number): string => `${count(value)}/s`;

const run = async (bench: Bench): Promise<ReadonlyArray<Finding>> => {
  const events = bench.short ? 20_000 : 300_000;
  const job = { variables: { DATA_DIR: bench.directory() }, events, rounds: bench.short ? 1 : 3 };
  const all = rebuilt.parse(await work('rebuild', job));
  return [...new Set(all.map(({ view }) => view))].map((name) => {
    const rates = all.filter(({ view }) => view === name).map((one) => one.events / (one.wallMs / 1_000));
    bench.say(`${name}: ${perSecond(median(rates))}`);
    const { measured, wanted } = atLeast(median(rates), 100_000, 300_000, perSecond);
    return {
      what: `projection rebuild, events/s, embedded, view ${name} from ${count(events)} events`,
      measured: `${measured}${spread(rates, perSecond)}`,
      wanted,
    };
  });
};

export const rebuild: Row = { name: 'rebuild', title: 'Rebuilding read models', run };
