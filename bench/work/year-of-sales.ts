import { either as E } from 'fp-ts';
import { setTimeout as sleep } from 'node:timers/promises';
import { z } from 'zod';
import { openDataDirectory } from '../../src/adapters/embedded/environment/index.js';
import { openEventStore } from '../../src/adapters/embedded/event-store/index.js';
import { forgetOldAnswers } from '../../src/application/operating/forget-answers.js';
import { DAY_MS } from '../../src/infrastructure/config/environment.js';
import { Tokens } from '../../src/infrastructure/container/tokens.js';
import { processCheckpoints } from '../../src/infrastructure/processes/process-checkpoints.js';
import { allProjections } from '../../src/application/operating/all-projections.js';
import { startProjector } from '../../src/infrastructure/processes/projector.js';
import { answering } from '../harness/answering.js';
import { must, openProduct } from './container.js';
import { appendCoupon } from './coupons.js';

/** Of each sale: so many people get a coupon, which closes a day later. */
const HOLDERS = 10_000;
const YEAR_DAYS = 365;
const KEPT_DAYS = 90;

/** The events of sales spread over the last year, each recorded at its time. */
const sell = async (directory: string, events: number): Promise<void> => {
  const opened = await openDataDirectory(directory)();
  if (E.isLeft(opened)) throw new Error(opened.left.code);
  const [began, sales] = [Date.now() - YEAR_DAYS * DAY_MS, Math.round(events / HOLDERS)];
  let now = began;
  const { store, close } = openEventStore(opened.right.root, { now: () => now });
  for (let n = 0; n < sales; n += 1) {
    now = Math.round(began + (n / sales) * YEAR_DAYS * DAY_MS);
    const sale = { holders: HOLDERS - 1, quantity: HOLDERS, at: now, closesAt: now + DAY_MS };
    await appendCoupon(store, `sale-${n}`, sale);
  }
  await close();
  await opened.right.close();
};

/** Every view folded from them, and what is not kept dropped: as a server leaves the directory that ran all the year. */
const fold = async (directory: string): Promise<{ readonly head: number; readonly dropped: number }> => {
  const container = await openProduct({ DATA_DIR: directory });
  const projector = await startProjector(container);
  const runner = container.get(Tokens.ProjectionRunner);
  const readModels = container.get(Tokens.ReadModels);
  const head = await must(container.get(Tokens.EventFeed).head());
  while (allProjections.some(({ name }) => (runner.status(name)?.checkpoint ?? -1) < head)) await sleep(50);
  await projector.stop();
  // Whatever follows the events has done so when they came.
  for (const build of processCheckpoints) {
    await must(readModels.builds(build.view));
    await must(readModels.write(build, [], { from: await must(readModels.checkpoint(build)), to: head }));
  }
  // Without the pauses that leave time for a sale.
  const clock = {
    ...container.get(Tokens.Clock),
    wakeIn: (_: number, wake: () => void) => (setImmediate(wake), () => undefined),
  };
  const dropped = await must(forgetOldAnswers({ readModels, clock, keptMs: KEPT_DAYS * DAY_MS })());
  await container.get(Tokens.Engines).close();
  return { head, dropped };
};

const job = z.object({ directory: z.string(), events: z.number(), fold: z.boolean() });

answering(job, async ({ directory, events, fold: isFolded }) => {
  await sell(directory, events);
  return isFolded ? fold(directory) : null;
});
