import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { z } from 'zod';
import { type OwnKafka, startOwnKafka } from '../../test/support/engines/own-kafka.js';
import { type OwnRedis, startOwnRedis } from '../../test/support/engines/own-redis.js';
import { type Bench, directoriesIn, type LargeCoupon } from './bench.js';
import { build, installCompared } from './built.js';
import { stopChildren, work } from './child.js';
import { distributed, embedded } from './engine-sets.js';
import { NotHere } from './failure.js';
import { startGenerator } from './generator.js';
import { type NamedEventStore } from './named-event-store.js';
import { count } from './numbers.js';

export interface OpenBench extends Bench {
  /** Ends every process and removes every file of this run. */
  readonly close: () => Promise<void>;
}

/** A minute on a machine that does nothing else. */
const FILL_WITHIN_MS = 480_000;

const notHere = (error: unknown): never => {
  throw new NotHere(error instanceof Error ? error.message : String(error));
};

/** For one at a time: what a design left undone must not keep the next one waiting. */
const emptied = async ({ url, flush }: OwnRedis): Promise<string> => {
  await flush();
  return url;
};

/** Everything a run needs; what not every row needs is started when it is first asked for. */
export const openBench = (
  short: boolean,
  withEngines: boolean,
  named: NamedEventStore | null,
  say: Bench['say'],
): OpenBench => {
  const home = mkdtempSync(join(tmpdir(), 'doorbuster-bench-'));
  say('building');
  installCompared();
  const dist = build();
  // The engines of the tests end with the process named here.
  const variables = { TEST_RUN_DIR: home, TEST_RUN_PID: String(process.pid), BENCH_DIST: dist };
  Object.assign(process.env, variables);
  const directory = directoriesIn(home);
  const engines = [
    embedded(dist, directory),
    ...(withEngines ? [1, 3].map((partitions) => distributed(dist, directory, partitions, named)) : []),
  ];
  let redis: Promise<OwnRedis> | undefined;
  let kafka: Promise<OwnKafka> | undefined;
  let large: Promise<LargeCoupon> | undefined;

  const fill = async (): Promise<LargeCoupon> => {
    const coupon = { directory: directory(), couponId: 'large', holders: short ? 50_000 : 1_000_000 };
    say(`filling a coupon with ${count(coupon.holders)} holders`);
    const { events } = z
      .object({ events: z.number() })
      .parse(await work('large-coupon', coupon, { withinMs: FILL_WITHIN_MS }));
    return { ...coupon, events };
  };

  return {
    short,
    dist,
    engines,
    withEngines,
    say,
    directory,
    generator: startGenerator(),
    redis: async () => emptied(await (redis ??= startOwnRedis().catch(notHere))),
    kafka: async () => (await (kafka ??= startOwnKafka().catch(notHere))).brokers.join(','),
    largeCoupon: () => (large ??= fill()),
    close: async () => {
      await stopChildren();
      const started = [redis, kafka].map(async (server) => (await server)?.stop());
      const ended = await Promise.allSettled([...started, ...engines.map(({ stop }) => stop())]);
      for (const each of ended) if (each.status === 'rejected') say(`something is left behind: ${String(each.reason)}`);
      rmSync(dirname(dist), { recursive: true, force: true });
      rmSync(home, { recursive: true, force: true, maxRetries: 5, retryDelay: 100 });
    },
  };
};
