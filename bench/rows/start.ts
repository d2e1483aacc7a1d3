import { type Bench } from '../harness/bench.js';
import { count, median, seconds, spread } from '../harness/numbers.js';
import { atMost, type Finding, FILLING_S, type Row } from '../harness/row.js';
import { startProduct } from '../harness/servers.js';

const startOf = async (bench: Bench, what: string, directory: () => string, most: number, aim: number) => {
  const times: number[] = [];
  for (let n = 0; n < (bench.short ? 1 : 7); n++) {
    const { readyMs, child } = await startProduct(bench.dist, { DATA_DIR: directory() });
    await child.stop();
    bench.say(seconds(readyMs));
    times.push(readyMs);
  }
  const { measured, wanted } = atMost(median(times), most, aim, seconds);
  return { what, measured: `${measured}${spread(times, seconds)}`, wanted };
};

const run = async (bench: Bench): Promise<ReadonlyArray<Finding>> => {
  const { directory, events } = await bench.largeCoupon();
  return [
    await startOf(bench, 'start to ready, empty', bench.directory, 1_500, 500),
    await startOf(bench, `start to ready, ${count(events)} events`, () => directory, 3_000, 1_000),
  ];
};

export const start: Row = { name: 'start', title: 'Starting', limitS: FILLING_S, run };
