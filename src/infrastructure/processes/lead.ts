import { type BeginTask, whileLeading } from '../../application/kernel/process/while-leading.js';
import { type Bound } from '../container/bound-in.js';
import { every, type RunningProcess } from './every.js';

const LOOK_EVERY_MS = 1_000;

export interface LedTask {
  readonly name: string;
  readonly begin: BeginTask;
  /** What it follows of the feed; absent where its progress is not that of one follower. */
  readonly streamPrefixes?: ReadonlyArray<string>;
  /** Looks at checkpoints, so that it can continue from there if their store is wiped. */
  readonly standBy?: () => Promise<void>;
}

/**
 * Keeps one process at a time on the task, the others standing by, and has its progress watched. `standBy` is called
 * regularly where it does not run.
 */
export const lead = (bound: Bound, { name, begin, streamPrefixes = [], standBy }: LedTask): RunningProcess => {
  const { leases, clock, logger: log, metrics, progress } = bound;
  const leading = whileLeading({ leases, clock, log }, name, begin);
  progress.watch({
    name,
    streamPrefixes,
    position: () => leading.task()?.position?.() ?? null,
    failing: leading.failing,
  });
  // None where another process leads: what was put off here waits there now.
  metrics.onExpose(async () => metrics.gauge('process_put_off', leading.task()?.putOff?.() ?? 0, { process: name }));
  if (standBy === undefined) return leading;
  const look = async (): Promise<void> => (leading.task() === null ? standBy() : undefined);
  const looking = every(clock, LOOK_EVERY_MS, look, () => undefined);
  return { stop: async () => void (await Promise.all([leading.stop(), looking.stop()])) };
};
