import { type Container } from 'inversify';
import { type ProcessName } from '../config/environment.js';
import { Tokens } from '../container/tokens.js';
import { every } from './every.js';
import {
  startEventKeeper,
  startRelaying,
  startSagas,
  startStockGateKeeper,
  startTellingDataPlatform,
  startWebhooks,
} from './followers.js';
import { startGateKeeper } from './gate-keeper.js';
import { type RunningProcess } from './process.js';
import { startProjector } from './projector.js';
import { type RetryWhileEngineAway } from '../engines/retry-while-engine-away.js';
import { startDeadlines } from './deadlines.js';
import { startScheduler } from './scheduler.js';
import { startSealing } from './sealing.js';
import { startWorkers } from './workers.js';

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
    container.get(Tokens.Log).warn({ err: error }, 'progress could not be looked at; it is tried again'),
  );
