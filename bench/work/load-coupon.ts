import { z } from 'zod';
import { couponAggregate, couponStream } from '../../src/application/coupon/coupon-aggregate.js';
import { loadAggregate } from '../../src/application/kernel/writer/load-aggregate.js';
import { Tokens } from '../../src/infrastructure/container/tokens.js';
import { answering } from '../harness/answering.js';
import { must, openProduct } from './container.js';

/** Loads one coupon as its writer does, in a process that has done nothing else. Needs --expose-gc. */
answering(z.object({ directory: z.string(), couponId: z.string() }), async ({ directory, couponId }) => {
  const container = await openProduct({ DATA_DIR: directory });
  const ports = {
    eventStore: container.get(Tokens.EventStore),
    snapshots: container.get(Tokens.Snapshots),
    logger: container.get(Tokens.Logger),
  };
  globalThis.gc?.();
  const before = process.memoryUsage();
  const start = performance.now();
  const { state, snapshotRevision } = await must(loadAggregate(ports)(couponAggregate, couponStream(couponId)));
  const wallMs = performance.now() - start;
  const peak = process.memoryUsage.rss() - before.rss;
  globalThis.gc?.();
  const holders = state.status === 'Unknown' ? 0 : state.holders.size;
  const heap = process.memoryUsage().heapUsed - before.heapUsed;
  const answer = { wallMs, heap, peak, holders, snapshotRevision };
  await container.get(Tokens.Engines).close();
  return answer;
});
