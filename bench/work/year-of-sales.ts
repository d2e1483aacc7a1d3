import { either as E } from 'fp-ts';
import { type Container } from 'inversify';
import { setTimeout as sleep } from 'node:timers/promises';
import { z } from 'zod';
import { openDataDirectory } from '../../src/adapters/embedded/environment/index.js';
import { openEventStore } from '../../src/adapters/embedded/event-store/index.js';
import { type Clock } from '../../src/application/ports/clock.js';
import { forgetOldAnswers } from '../../src/application/operating/forget-answers.js';
import { sealHistory } from '../../src/application/operating/history/seal-history.js';
import { MOST_SEALED, SEAL_STREAM } from '../../src/application/operating/history/seal.js';
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
const MONTHS = 12;

interface Month {
  readonly from: number;
  readonly to: number;
  /** Numbers of its sales in the year. */
  readonly first: number;
  readonly end: number;
}

/** The events of the sales of a month, each recorded at its time. */
const sell = async (directory: string, { from, to, first, end }: Month): Promise<void> => {
  const opened = await openDataDirectory(directory)();
  if (E.isLeft(opened)) throw new Error(opened.left.code);
  let now = from;
  const { store, close } = openEventStore(opened.right.root, { now: () => now });
  for (let n = first; n < end; n += 1) {
    now = Math.round(from + ((n - first) / (end - first)) * (to - from));
    const sale = { holders: HOLDERS - 1, quantity: HOLDERS, at: now, closesAt: now + DAY_MS };
    await appendCoupon(store, `sale-${n}`, sale);
  }
  await close();
  await opened.right.close();
};

/** Seals all of so many events but the last few, which wait for more. */
const seal = async (container: Container, clock: Clock, events: number): Promise<void> => {
  const { feed, eventStore } = container.get(Tokens.Engines).events;
  const { stop } = await sealHistory({
    ...{ feed, eventStore, clock, isBusy: () => false, passing: [] },
    signingKey: container.get(Tokens.SigningKey),
    log: container.get(Tokens.Log),
    metrics: container.get(Tokens.Metrics),
  })(() => undefined);
  while ((await must(eventStore.lastRevision(SEAL_STREAM))) + 1 < Math.floor(events / MOST_SEALED)) await sleep(50);
  await stop();
};

/** Every view folded, the history sealed, and what is not kept dropped: as a server does that runs all the year. */
const fold = async (directory: string, now: number, events: number): Promise<number> => {
  const container = await openProduct({ DATA_DIR: directory });
  const projector = await startProjector(container);
  const runner = container.get(Tokens.ProjectionRunner);
  const readModels = container.get(Tokens.ReadModels);
  const head = await must(container.get(Tokens.EventFeed).head());
  while (allProjections.some(({ name }) => (runner.status(name)?.checkpoint ?? -1) < head)) await sleep(50);
  // Without the pauses that leave time for a sale.
  const clock: Clock = {
    ...container.get(Tokens.Clock),
    wakeIn: (_, wake) => (setImmediate(wake), () => undefined),
  };
  await seal(container, clock, events);
  await projector.stop();
  // Whatever follows the events has done so when they came.
  for (const build of processCheckpoints) {
    await must(readModels.builds(build.view));
    await must(readModels.write(build, [], { from: await must(readModels.checkpoint(build)), to: head }));
  }
  const ports = { readModels, clock: { ...clock, now: () => now }, keptMs: KEPT_DAYS * DAY_MS };
  const dropped = await must(forgetOldAnswers(ports)());
  await container.get(Tokens.Engines).close();
  return dropped;
};

const job = z.object({ directory: z.string(), events: z.number(), fold: z.boolean() });

const monthsUntil = (now: number, sales: number): ReadonlyArray<Month> =>
  Array.from({ length: MONTHS }, (_, month) => ({
    from: Math.round(now - ((MONTHS - month) / MONTHS) * YEAR_DAYS * DAY_MS),
    to: Math.round(now - ((MONTHS - month - 1) / MONTHS) * YEAR_DAYS * DAY_MS),
    first: Math.round((month / MONTHS) * sales),
    end: Math.round(((month + 1) / MONTHS) * sales),
  }));

answering(job, async ({ directory, events, fold: isFolded }) => {
  let dropped = 0;
  for (const month of monthsUntil(Date.now(), Math.round(events / HOLDERS))) {
    if (month.first === month.end) continue;
    await sell(directory, month);
    if (isFolded) dropped += await fold(directory, month.to, month.end * HOLDERS);
    process.stderr.write(`${month.end * HOLDERS} events, ${dropped} answers dropped\n`);
  }
  return { dropped };
});
