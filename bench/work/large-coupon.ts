import { setTimeout as sleep } from 'node:timers/promises';
import { z } from 'zod';
import { couponProjections } from '../../src/application/coupon/coupon-projections.js';
import { allOutcomesView } from '../../src/application/operating/all-projections.js';
import { boundIn } from '../../src/infrastructure/container/bound-in.js';
import { Tokens } from '../../src/infrastructure/container/tokens.js';
import { startProjector } from '../../src/infrastructure/processes/projector.js';
import { answering } from '../harness/answering.js';
import { must, openProduct } from './container.js';
import { fillCoupon } from './coupons.js';

/** A data directory as a server leaves it that has issued one coupon so many times: events, snapshot, read models. */
answering(z.object({ directory: z.string(), couponId: z.string(), holders: z.number() }), async (job) => {
  const container = await openProduct({ DATA_DIR: job.directory });
  await fillCoupon(container, job.couponId, { holders: job.holders, quantity: 10 * job.holders, snapshot: true });
  const projector = await startProjector(boundIn(container));
  const runner = container.get(Tokens.ProjectionRunner);
  const head = await must(container.get(Tokens.Feed).head());
  const isBehind = (view: string): boolean => (runner.status(view)?.checkpoint ?? -1) < head;
  while ([...couponProjections, allOutcomesView].some(({ name }) => isBehind(name))) await sleep(20);
  await projector.stop();
  await container.get(Tokens.Engines).close();
  return { events: job.holders + 1 };
});
