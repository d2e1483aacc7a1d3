import { type Bench } from '../harness/bench.js';
import { count, median, seconds } from '../harness/numbers.js';
import { atMost, type Finding, type Row } from '../harness/row.js';
import { startProduct } from '../harness/servers.js';

const startOf = async (bench: Bench, directory: () => string): Promise<number> => {
  const times: number[] = [];
  for (let n = 0; n < (bench.short ? 2 : 7); n++) {
    const { readyMs, child } = await startProduct(bench.dist, { DATA_DIR: directory() });
    await child.stop();
    bench.say(seconds(readyMs));
    times.push(readyMs);
  }
  return median(times);
};

const run = async (bench: Bench): Promise<ReadonlyArray<Finding>> => {
  const { directory, events } = await bench.largeCoupon();
  return [
    { what: 'start to ready, empty', ...atMost(await startOf(bench, bench.directory), 1_500, 500, seconds) },
    {
      what: `start to ready, ${count(events)} events`,
      ...atMost(await startOf(bench, () => directory), 3_000, 1_000, seconds),
    },
  ];
};

export const start: Row = { name: 'start', title: 'Starting', run };
