import { z } from 'zod';
import { type Bench } from '../harness/bench.js';
import { work } from '../harness/child.js';
import { ms, percentile } from '../harness/numbers.js';
import { atMost, type Finding, type Row } from '../harness/row.js';

const latencies = z.array(z.number());

const run = async (bench: Bench): Promise<ReadonlyArray<Finding>> => {
  const [perSecond, seconds] = bench.short ? [500, 2] : [1_000, 10];
  const findings: Finding[] = [];
  for (const set of bench.engines) {
    const all = latencies.parse(await work('relay', { variables: await set.variables(), perSecond, seconds }));
    // The first fifth is warm-up.
    const values = all.slice(all.length / 5);
    const { measured, wanted } = atMost(percentile(values, 99), 100, 20, ms);
    bench.say(`${set.label}: p99 ${measured}`);
    findings.push({
      what: `event in the store to its message read from the log at ${perSecond}/s, p99, ${set.label}`,
      measured: `${measured} (p50 ${ms(percentile(values, 50))})`,
      wanted,
    });
  }
  return findings;
};

export const relay: Row = { name: 'relay', title: 'From the store to the outside', run };
