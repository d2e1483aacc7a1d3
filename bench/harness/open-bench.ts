import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type OwnRedis, startOwnRedis } from '../../test/support/engines/own-redis.js';
import { type Bench, directoriesIn, type LargeCoupon } from './bench.js';
import { build, installCompared } from './built.js';
import { stopChildren, work } from './child.js';
import { distributed, embedded } from './engine-sets.js';
import { startGenerator } from './generator.js';
import { count } from './numbers.js';
import { z } from 'zod';

export interface OpenBench extends Bench {
  /** Ends every process and removes every file of this run. */
  readonly close: () => Promise<void>;
}

/** Everything a run needs; what not every row needs is started when it is first asked for. */
export const openBench = (short: boolean, withEngines: boolean, say: Bench['say']): OpenBench => {
  const home = mkdtempSync(join(tmpdir(), 'doorbuster-bench-'));
  // The engines of the tests end with the process named here.
  Object.assign(process.env, { DOORBUSTER_TEST_RUN: home, DOORBUSTER_TEST_RUN_PID: String(process.pid) });
  say('building');
  installCompared();
  const dist = build();
  const directory = directoriesIn(home);
  const engines = [
    embedded(dist, directory),
    ...(withEngines ? [distributed(dist, directory, 1), distributed(dist, directory, 3)] : []),
  ];
  let redis: Promise<OwnRedis> | undefined;
  let databases = 0;
  let large: Promise<LargeCoupon> | undefined;

  const fill = async (): Promise<LargeCoupon> => {
    const coupon = { directory: directory(), couponId: 'large', holders: short ? 50_000 : 1_000_000 };
    say(`filling a coupon with ${count(coupon.holders)} holders`);
    const { events } = z.object({ events: z.number() }).parse(await work('large-coupon', coupon));
    return { ...coupon, events };
  };

  return {
    short,
    dist,
    engines,
    say,
    directory,
    generator: startGenerator(),
    // A database for each who asks: what one design left undone must not keep another waiting.
    redis: async () => `${(await (redis ??= startOwnRedis())).url}/${databases++}`,
    largeCoupon: () => (large ??= fill()),
    close: async () => {
      await stopChildren();
      await Promise.all(engines.map(({ stop }) => stop()));
      await (await redis)?.stop();
      rmSync(home, { recursive: true, force: true, maxRetries: 5, retryDelay: 100 });
    },
  };
};
