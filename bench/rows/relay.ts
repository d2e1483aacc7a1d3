import { z } from 'zod';
import { type Bench } from '../harness/bench.js';
import { work } from '../harness/child.js';
import { attempt } from '../harness/failure.js';
import { ms, percentile } from '../harness/numbers.js';
import { atMost, type Finding, type Row } from '../harness/row.js';

const latencies = z.array(z.number());

interface Source {
  readonly name: string;
  readonly variables: () => Promise<Readonly<Record<string, string>>>;
}

const run = async (bench: Bench): Promise<ReadonlyArray<Finding>> => {
  const [perSecond, seconds] = bench.short ? [500, 1] : [1_000, 10];
  const onKafka: Source = {
    name: 'Kafka, from the embedded store',
    variables: async () => ({ DATA_DIR: bench.directory(), KAFKA_BROKERS: await bench.kafka() }),
  };
  const sets = bench.engines.map(({ label, variables }): Source => ({ name: label, variables }));
  const findings: Finding[] = [];
  for (const { name, variables } of bench.withEngines ? sets : [onKafka, ...sets]) {
    const what = `event in the store to its message read from the log at ${perSecond}/s, p99, ${name}`;
    findings.push(
      ...(await attempt(bench, what, async () => {
        const all = latencies.parse(await work('relay', { variables: await variables(), perSecond, seconds }));
        // The first fifth is warm-up.
        const values = all.slice(all.length / 5);
        const { measured, wanted } = atMost(percentile(values, 99), 100, 20, ms);
        bench.say(`${name}: p99 ${measured}`);
        const beside = `p50 ${ms(percentile(values, 50))}, most ${ms(percentile(values, 100))}`;
        return [{ what, measured: `${measured} (${beside})`, wanted }];
      })),
    );
  }
  return findings;
};

export const relay: Row = { name: 'relay', title: 'From the store to the outside', onEngines: true, run };
