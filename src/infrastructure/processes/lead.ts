import { type Container } from 'inversify';
import { type KeptCheckpoint } from '../../application/kernel/process/kept-checkpoint.js';
import { type BeginTask, whileLeading } from '../../application/kernel/process/while-leading.js';
import { Tokens } from '../container/tokens.js';
import { every } from './every.js';
import { type RunningProcess } from './process.js';

const LOOK_EVERY_MS = 1_000;

export interface LedTask {
  readonly name: string;
  readonly begin: BeginTask;
  /** What it follows of the feed, and how far it is; absent where it follows none. */
  readonly follows?: { readonly streamPrefixes: ReadonlyArray<string>; readonly checkpoint: KeptCheckpoint };
}

/**
 * Keeps one process at a time on the task, the others standing by, and has its progress watched. A standby reads
 * the checkpoint regularly, so that it can continue from there if the store of checkpoints is wiped.
 */
export const lead = (container: Container, { name, begin, follows }: LedTask): RunningProcess => {
  const leading = whileLeading(
    {
      leases: container.get(Tokens.Leases),
      clock: container.get(Tokens.Clock),
      log: container.get(Tokens.Log),
    },
    name,
    begin,
  );
  container.get(Tokens.Progress).watch({
    name,
    streamPrefixes: follows?.streamPrefixes ?? [],
    position: () => leading.task()?.position?.() ?? null,
    failing: leading.failing,
  });
  const look = async (): Promise<void> => (leading.task() === null ? follows?.checkpoint.look() : undefined);
  const looking = every(container.get(Tokens.Clock), LOOK_EVERY_MS, look, () => undefined);
  return { stop: async () => void (await Promise.all([leading.stop(), looking.stop()])) };
};
