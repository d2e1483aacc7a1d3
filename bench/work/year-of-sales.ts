import { either as E, option as O, taskEither as TE } from 'fp-ts';
import { type Container } from 'inversify';
import { type RootDatabase } from 'lmdb';
import { setTimeout as sleep } from 'node:timers/promises';
import { z } from 'zod';
import { openDataDirectory } from '../../src/adapters/embedded/environment/index.js';
import { openEventStore } from '../../src/adapters/embedded/event-store/open-event-store.js';
import { catchUp } from '../../src/application/kernel/projection/catch-up.js';
import { allProjections } from '../../src/application/operating/all-projections.js';
import { FORGET_ANSWERS, forgetOldAnswers, onceADay } from '../../src/application/operating/forget-answers.js';
import { sealHistory } from '../../src/application/operating/history/seal-history.js';
import { MOST_SEALED, SEAL_STREAM } from '../../src/application/operating/history/seal.js';
import { type Clock } from '../../src/application/ports/clock.js';
import { DAY_MS } from '../../src/infrastructure/config/environment.js';
import { Tokens } from '../../src/infrastructure/container/tokens.js';
import { processCheckpoints } from '../../src/infrastructure/processes/process-checkpoints.js';
import { answering } from '../harness/answering.js';
import { momentOfSale } from '../harness/moment-of-sale.js';
import { must, openProduct } from './container.js';
import { appendCoupon } from './coupons.js';

/** Of each sale: so many events, its creation and the coupons of the others, which are over a day later. */
const HOLDERS = 10_000;
const AT_ONCE = 10;
const KEPT_DAYS = 90;

const job = z.object({
  directory: z.string(),
  /** Numbers of the sales in the year, and how many it has. */
  from: z.number(),
  to: z.number(),
  sales: z.number(),
  /** When the year is over, epoch milliseconds. */
  until: z.number(),
  /** Of when what is not kept is dropped afterwards, epoch milliseconds; null: nothing is. */
  forgetAsOf: z.number().nullable(),
});
type Stretch = z.infer<typeof job>;

/** The events of the sales, several at the same time, each recorded at its time. */
const sell = async (stretch: Stretch): Promise<void> => {
  const opened = await openDataDirectory(stretch.directory)();
  if (E.isLeft(opened)) throw new Error(opened.left.code);
  let now = 0;
  const { store, close } = openEventStore(opened.right.root, { now: () => now, recentBytes: 0 });
  for (let first = stretch.from; first < stretch.to; first += AT_ONCE) {
    now = momentOfSale(first, stretch);
    const sale = { holders: HOLDERS - 1, quantity: HOLDERS, at: now, closesAt: now + DAY_MS };
    const numbers = Array.from({ length: Math.min(AT_ONCE, stretch.to - first) }, (_, n) => first + n);
    await Promise.all(numbers.map((n) => appendCoupon(store, `sale-${n}`, sale)));
  }
  await close();
  await opened.right.close();
};

/** Every view, as one that is built anew is folded: in large pieces. */
const fold = async (container: Container): Promise<void> => {
  const ports = { feed: container.get(Tokens.Feed), readModels: container.get(Tokens.ReadModels) };
  for (const projection of allProjections) {
    const { live } = await must(ports.readModels.builds(projection.name));
    if (O.isNone(live)) throw new Error(`No build of ${projection.name} is live`);
    await catchUp(ports)(projection, live.value);
  }
};

/** Seals all of so many events but the last few, which wait for more. */
const seal = async (container: Container, events: number): Promise<void> => {
  const { feed, eventStore } = container.get(Tokens.Engines).events;
  // Without the pauses that leave time for a sale.
  const clock: Clock = {
    ...container.get(Tokens.Clock),
    wakeIn: (_, wake) => (setImmediate(wake), () => undefined),
  };
  const { stop } = await sealHistory({
    ...{ feed, eventStore, clock, isBusy: () => false, passing: [] },
    signingKey: container.get(Tokens.SigningKey),
    log: container.get(Tokens.Logger),
    metrics: container.get(Tokens.Metrics),
  })(() => undefined);
  while ((await must(eventStore.lastRevision(SEAL_STREAM))) + 1 < Math.floor(events / MOST_SEALED)) await sleep(50);
  await stop();
};

/** Bytes of each database of the environment, without pages that are free. */
const bytesOf = (root: RootDatabase<unknown>): Readonly<Record<string, number>> => {
  const stats = z.object({
    pageSize: z.number(),
    treeBranchPageCount: z.number(),
    treeLeafPageCount: z.number(),
    overflowPages: z.number(),
  });
  const sizes: Record<string, number> = {};
  for (const name of root.getKeys()) {
    const found = stats.parse(root.openDB(String(name), { encoding: 'binary' }).getStats());
    sizes[String(name)] = found.pageSize * (found.treeBranchPageCount + found.treeLeafPageCount + found.overflowPages);
  }
  return sizes;
};

/** What a server does that runs all the year. */
const serve = async (stretch: Stretch): Promise<number> => {
  const container = await openProduct({ DATA_DIR: stretch.directory });
  const readModels = container.get(Tokens.ReadModels);
  await fold(container);
  await seal(container, stretch.to * HOLDERS);
  // Whatever follows the events has done so when they came.
  const head = await must(container.get(Tokens.Feed).head());
  for (const build of processCheckpoints) {
    await must(readModels.builds(build.view));
    await must(readModels.write(build, [], { from: await must(readModels.checkpoint(build)), to: head }));
  }
  const { forgetAsOf } = stretch;
  const clock: Clock = {
    ...container.get(Tokens.Clock),
    now: () => forgetAsOf ?? 0,
    wakeIn: (_, wake) => (setImmediate(wake), () => undefined),
  };
  const forget = forgetOldAnswers({ readModels, clock, keptMs: KEPT_DAYS * DAY_MS });
  const dropped = forgetAsOf === null ? 0 : await must(forget());
  // So the server that starts next does not look for them again.
  if (forgetAsOf !== null) await must(onceADay({ readModels, clock }, FORGET_ANSWERS, TE.right(dropped)));
  await container.get(Tokens.Engines).close();
  return dropped;
};

const sizesIn = async (directory: string): Promise<Readonly<Record<string, number>>> => {
  const opened = await openDataDirectory(directory)();
  if (E.isLeft(opened)) throw new Error(opened.left.code);
  const sizes = bytesOf(opened.right.root);
  await opened.right.close();
  return sizes;
};

answering(job, async (stretch) => {
  const began = performance.now();
  await sell(stretch);
  const soldMs = performance.now() - began;
  const dropped = await serve(stretch);
  return { dropped, soldMs, foldedMs: performance.now() - began - soldMs, bytes: await sizesIn(stretch.directory) };
});
