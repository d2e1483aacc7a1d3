import { z } from 'zod';
import { type Bench } from '../harness/bench.js';
import { work } from '../harness/child.js';
import { count, median, megabytes, seconds, spread } from '../harness/numbers.js';
import { atMost, type Finding, FILLING_S, type Row } from '../harness/row.js';

const loaded = z.object({
  wallMs: z.number(),
  heap: z.number(),
  peak: z.number(),
  holders: z.number(),
  snapshotRevision: z.number(),
});

const run = async (bench: Bench): Promise<ReadonlyArray<Finding>> => {
  const { directory, couponId, holders } = await bench.largeCoupon();
  const all: z.infer<typeof loaded>[] = [];
  for (let n = 0; n < (bench.short ? 1 : 5); n++) {
    const one = loaded.parse(await work('load-coupon', { directory, couponId }, { flags: ['--expose-gc'] }));
    if (one.holders < holders || one.snapshotRevision < holders)
      throw new Error(`${one.holders} of ${holders} holders, snapshot up to ${one.snapshotRevision}`);
    bench.say(`${seconds(one.wallMs)}, ${megabytes(one.heap)} of heap, ${megabytes(one.peak)} of memory while loading`);
    all.push(one);
  }
  const name = `a coupon with ${count(holders)} holders`;
  const walls = all.map(({ wallMs }) => wallMs);
  const time = atMost(median(walls), 2_000, 500, seconds);
  return [
    {
      what: `${name}: load from its snapshot`,
      measured: `${time.measured}${spread(walls, seconds)}`,
      wanted: time.wanted,
    },
    { what: `${name}: memory`, ...atMost(median(all.map(({ heap }) => heap)), 400e6, 200e6, megabytes) },
    {
      what: `${name}: growth of the process while loading, garbage included`,
      measured: megabytes(median(all.map(({ peak }) => peak))),
    },
  ];
};

export const load: Row = { name: 'load', title: 'A large coupon', limitS: FILLING_S, run };
