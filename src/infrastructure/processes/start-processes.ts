import { ordersView } from '../../application/checkout/order/views/orders.js';
import { productsView } from '../../application/checkout/stock/views/products.js';
import { runDeadlines } from '../../application/kernel/process/deadlines/run-deadlines.js';
import { allDeadlinesView, allOutcomesView } from '../../application/operating/all-projections.js';
import { type ProcessName } from '../config/environment.js';
import { type Bound } from '../container/bound-in.js';
import { ANNOUNCED_EVERY_MS, announceApi } from '../../application/waiting-room/presence-while-answered.js';
import { type RetryWhileEngineAway } from '../engines/retry-while-engine-away.js';
import { every, type RunningProcess, type Start } from './every.js';
import {
  startEventKeeper,
  startRelaying,
  startSagas,
  startStockGateKeeper,
  startTellingDataPlatform,
  startWebhooks,
} from './followers.js';
import { lead } from './lead.js';
import { startScheduler } from './scheduler.js';
import { type Stop } from '../system/stop-all.js';
import { startWorkers } from './workers.js';
import { startSealing } from './sealing.js';
import { startProjector } from './projector.js';
import { startGateKeeper } from './gate-keeper.js';

/** Carries out what is due: one process at a time, the others standing by. */
const startDeadlines: Start = async (bound) => {
  const { feed, readModels, clock, logger: log, metrics, reminders, orders, deadlineHandlers } = bound;
  const ports = { feed, readModels, clock, log, metrics, reminders };
  // Whoever orders waits for these.
  const paced = [allDeadlinesView, ordersView, productsView, allOutcomesView];
  const begin = runDeadlines({ ...ports, inBulk: orders.deadlinesInBulk, paced }, allDeadlinesView, deadlineHandlers);
  return lead(bound, { name: 'deadlines', begin });
};

/** Announces that this process answers requests: while none does, nobody in a waiting room can give a sign of life. */
const startAnnouncing: Start = async ({ presence, clock, logger }) =>
  every(
    clock,
    ANNOUNCED_EVERY_MS,
    async () => announceApi(presence, clock),
    (error) => logger.warn({ err: error }, 'This process could not announce that it answers requests; it tries again'),
  );

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
  [['api'], startAnnouncing],
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
  readonly running: Stop[];
  /** False: nobody in a waiting room can ask this process, so it is no sign that somebody can be asked. Default true. */
  readonly announce?: boolean;
}

/** Starts what works behind the answers: everything that the names stand for but the API itself. */
export const startProcesses = async (
  bound: Bound,
  { names, whenThere, stopping, running, announce = true }: Starting,
): Promise<void> => {
  for (const [needing, start] of startingOrder) {
    stopping?.throwIfAborted();
    if (!announce && start === startAnnouncing) continue;
    if (needing.some((name) => names.includes(name))) running.push((await whenThere(() => start(bound))).stop);
  }
};

/** Looks now and then whether everything advances that has something to do. */
export const watchingProgress = (bound: Bound): RunningProcess =>
  every(bound.clock, PROGRESS_LOOKED_AT_MS, bound.progress.look, (error) =>
    bound.logger.warn({ err: error }, 'progress could not be looked at; it is tried again'),
  );
