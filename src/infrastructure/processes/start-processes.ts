import { either as E, option as O } from 'fp-ts';
import { type Container } from 'inversify';
import { type EventLoopUtilization, performance } from 'node:perf_hooks';
import { ordersView } from '../../application/checkout/order/views/orders.js';
import { decideStockRequests } from '../../application/checkout/stock/decide-stock-requests.js';
import { productsView } from '../../application/checkout/stock/views/products.js';
import { COUPON_REJECTION_STREAMS } from '../../application/coupon/coupon-streams.js';
import { keepGate } from '../../application/coupon/keep-gate.js';
import { restorePending } from '../../application/coupon/restore-pending.js';
import { commandTopics } from '../../application/kernel/messaging/consumer-groups.js';
import {
  COUPON_ISSUE_GROUP,
  COUPON_ISSUE_REQUESTS,
  STOCK_GROUP,
  STOCK_REQUESTS,
  TOKEN_ACTIVATE_GROUP,
  WAITING_TOKEN,
} from '../../application/kernel/messaging/topics.js';
import { runDeadlines } from '../../application/kernel/process/deadlines/run-deadlines.js';
import { dropView } from '../../application/kernel/projection/builds.js';
import { type RunStatus } from '../../application/kernel/projection/start-projections.js';
import { REJECTION_CONTEXTS, rejectionsStream } from '../../application/kernel/writer/rejected-requests.js';
import {
  allDeadlinesView,
  allOutcomesView,
  allProjections,
  retiredViews,
} from '../../application/operating/all-projections.js';
import { monitorDeadLetters } from '../../application/operating/dead-letters/monitor-dead-letters.js';
import { sealHistory } from '../../application/operating/history/seal-history.js';
import { type Position } from '../../application/ports/event-store.js';
import { type Consumer, type MessageLog, type Subscribe } from '../../application/ports/message-log.js';
import { type ProcessName } from '../config/environment.js';
import { boundIn } from '../container/bound-in.js';
import { EARS_EVERY_MS, hasEars } from '../../application/waiting-room/heard-by-an-api.js';
import { Tokens } from '../container/tokens.js';
import { EngineAway, type RetryWhileEngineAway } from '../engines/retry-while-engine-away.js';
import { every, type RunningProcess } from './every.js';
import {
  startEventKeeper,
  startRelaying,
  startSagas,
  startStockGateKeeper,
  startTellingDataPlatform,
  startWebhooks,
} from './followers.js';
import { lead } from './lead.js';
import { startProcess } from './run.js';
import { startScheduler } from './scheduler.js';

/** What is consumed from topics: the writers of coupons, waiting rooms and stock, and what they set aside. */
const subscriptionsOf = (container: Container, log: MessageLog): ReadonlyArray<Subscribe> => {
  const { eventStore, snapshots, logger, clock, snapshotKeeper, parkedStreams, alerts, metrics } = boundIn(container);
  const ports = { eventStore, snapshots, logger, clock };
  const decideStock = decideStockRequests({ ...ports, log, snapshotKeeper, parkedStreams });
  const monitor = monitorDeadLetters({ ...ports, alerts, metrics });
  return [
    {
      topic: COUPON_ISSUE_REQUESTS,
      group: COUPON_ISSUE_GROUP,
      batchSize: 1_000,
      handle: container.get(Tokens.DecideCouponRequests),
      onAssigned: (partitions) => logger.info({ partitions }, 'deciding requests of these partitions'),
    },
    {
      topic: WAITING_TOKEN,
      group: TOKEN_ACTIVATE_GROUP,
      batchSize: 500,
      handle: container.get(Tokens.DecideWaitingRequests),
    },
    { topic: STOCK_REQUESTS, group: STOCK_GROUP, batchSize: 500, handle: decideStock },
    ...commandTopics.map(monitor),
  ];
};

/** Decides the requests of the partitions it is given: as many workers as partitions can share the work. */
const startWorkers = async (container: Container): Promise<RunningProcess> => {
  const { messageLog: log, snapshotKeeper } = boundIn(container);
  const running: Consumer[] = [];
  const stop = async (): Promise<void> => {
    await Promise.all(running.map((consumer) => consumer.stop()));
    await snapshotKeeper.settled();
  };
  for (const subscription of subscriptionsOf(container, log)) {
    const subscribed = await log.subscribe(subscription)();
    if (E.isRight(subscribed)) running.push(subscribed.right);
    else {
      await stop();
      throw new EngineAway('message log');
    }
  }
  return { stop };
};

/** Of the time of this process, since it was asked last. */
const BUSY = 0.5;

const watchingLoad = (): (() => boolean) => {
  let since: EventLoopUtilization = performance.eventLoopUtilization();
  return () => {
    const now = performance.eventLoopUtilization();
    const { utilization } = performance.eventLoopUtilization(now, since);
    since = now;
    return utilization > BUSY;
  };
};

/** Rejections are dropped after some time; the other events stay provable without them. */
const PASSING = [COUPON_REJECTION_STREAMS, ...REJECTION_CONTEXTS.map((context) => rejectionsStream(context, ''))];

/** Seals the history: one process at a time, the others standing by. */
const startSealing = async (container: Container): Promise<RunningProcess> => {
  // Reads events as they are stored, because how old ones are read changes from version to version.
  const { engines, clock, logger: log, metrics } = boundIn(container);
  const { feed, eventStore } = engines.events;
  const begin = sealHistory({
    feed,
    eventStore,
    signingKey: container.get(Tokens.SigningKey),
    clock,
    log,
    metrics,
    isBusy: watchingLoad(),
    passing: PASSING,
  });
  return lead(container, { name: 'sealing', begin });
};

/** While it is built anew it has no position yet. */
const runningAt = (status: RunStatus | null): Position | null =>
  status?.phase === 'running' ? status.checkpoint : null;

/** What cannot be dropped now is dropped after the next start. */
const dropRetiredViews = async (container: Container): Promise<void> => {
  const { readModels, logger: log } = boundIn(container);
  try {
    for (const view of retiredViews)
      for (const build of await dropView(readModels, view)) log.info({ build }, 'Dropped a view that no longer exists');
  } catch (error) {
    log.warn({ err: error }, 'Views that no longer exist could not be dropped; tried again at the next start');
  }
};

/** Keeps the read models current. Several may run: of each view one writes, fenced by its checkpoint. */
export const startProjector = async (container: Container): Promise<RunningProcess> => {
  const { ready, stop, status } = container.get(Tokens.ProjectionRunner).start();
  for (const { name, streamPrefixes } of allProjections)
    container.get(Tokens.Progress).watch({
      name: `view ${name}`,
      streamPrefixes,
      position: () => runningAt(status(name)),
      failing: () => status(name)?.trouble ?? null,
    });
  await ready;
  // Not waited for: nobody reads them, and clearing a large one takes long.
  void dropRetiredViews(container);
  return { stop };
};

const LOOK_MS = 1_000;

/**
 * Keeps the gate of this process current, and gives it back what it forgot: first of all after a start, when it has
 * forgotten everything. Several processes may keep one gate; each step is idempotent.
 */
const startGateKeeper = async (container: Container): Promise<RunningProcess> => {
  const { gate, messageLog: log, logger, clock } = boundIn(container);
  const memory = container.get(Tokens.GateMemory);

  const restore = async (): Promise<boolean> => {
    const restored = await restorePending({ gate, log })();
    if (E.isLeft(restored)) return false;
    if (restored.right > 0) logger.info({ requests: restored.right }, 'pending requests were put back into the gate');
    return true;
  };
  const repair = async (): Promise<void> => {
    const loss = await memory.loss()();
    if (E.isRight(loss) && O.isSome(loss.right) && (await restore())) await memory.repaired(loss.right.value)();
  };

  const following = await startProcess(container, keepGate(gate));
  await restore();
  await repair();
  const repairing = every(clock, LOOK_MS, repair, (error) =>
    logger.warn({ err: error }, 'the gate could not be repaired; it is tried again'),
  );
  return { stop: async () => void (await Promise.all([following.stop(), repairing.stop()])) };
};

/** Carries out what is due: one process at a time, the others standing by. */
const startDeadlines = async (container: Container): Promise<RunningProcess> => {
  const { feed, readModels, clock, logger: log, metrics, orders } = boundIn(container);
  const ports = { feed, readModels, clock, log, metrics, reminders: container.get(Tokens.Reminders) };
  // Whoever orders waits for these.
  const paced = [allDeadlinesView, ordersView, productsView, allOutcomesView];
  const handlers = container.get(Tokens.DeadlineHandlers);
  const begin = runDeadlines({ ...ports, inBulk: orders.deadlinesInBulk, paced }, allDeadlinesView, handlers);
  return lead(container, { name: 'deadlines', begin });
};

/** Tells that requests are answered here: where none are, nobody in a waiting room can give a sign of life. */
const startHearing = async (container: Container): Promise<RunningProcess> => {
  const { presence, clock, logger } = boundIn(container);
  return every(
    clock,
    EARS_EVERY_MS,
    async () => hasEars(presence, clock),
    (error) => logger.warn({ err: error }, 'it could not be told that requests are answered here; it is tried again'),
  );
};

type Start = (container: Container) => Promise<RunningProcess>;

/** The order counts: what answers queries and what the gate knows stand before requests are let in. */
const startingOrder: ReadonlyArray<readonly [ReadonlyArray<ProcessName>, Start]> = [
  [['api', 'projector'], startGateKeeper],
  [['api', 'projector'], startStockGateKeeper],
  [['projector'], startProjector],
  [['worker'], startWorkers],
  [['worker'], startSagas],
  [['relay'], startRelaying],
  [['relay'], startTellingDataPlatform],
  [['relay'], startWebhooks],
  [['relay'], startEventKeeper],
  [['api'], startHearing],
  [['scheduler'], startScheduler],
  [['scheduler'], startDeadlines],
  [['scheduler'], startSealing],
];

const PROGRESS_LOOKED_AT_MS = 2_000;

export interface Starting {
  readonly names: ReadonlyArray<ProcessName>;
  readonly whenThere: RetryWhileEngineAway;
  /** Aborted: nothing more is started, and `startProcesses` rejects. */
  readonly stopping?: AbortSignal;
  /** What runs is added here as it starts, so that it can be put away also when a later one fails. */
  readonly running: RunningProcess[];
}

/** Starts what works behind the answers: everything that the names stand for but the API itself. */
export const startProcesses = async (
  container: Container,
  { names, whenThere, stopping, running }: Starting,
): Promise<void> => {
  for (const [needing, start] of startingOrder) {
    stopping?.throwIfAborted();
    if (needing.some((name) => names.includes(name))) running.push(await whenThere(() => start(container)));
  }
};

/** Looks now and then whether everything advances that has something to do. */
export const watchingProgress = (container: Container): RunningProcess =>
  every(container.get(Tokens.Clock), PROGRESS_LOOKED_AT_MS, container.get(Tokens.Progress).look, (error) =>
    container.get(Tokens.Logger).warn({ err: error }, 'progress could not be looked at; it is tried again'),
  );
