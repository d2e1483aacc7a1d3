import { fromNow, keptCheckpoint } from '../../application/kernel/process/kept-checkpoint.js';
import { type Process } from '../../application/kernel/process/process.js';
import { runProcess } from '../../application/kernel/process/run-process.js';
import { type Bound } from '../container/bound-in.js';
import { EngineAway } from '../engines/retry-while-engine-away.js';
import { type RunningProcess } from './every.js';
import { lead } from './lead.js';

/** Runs what follows events: where it has a checkpoint one process at a time, the others standing by. */
export const startProcess = async <Work>(bound: Bound, process: Process<Work>): Promise<RunningProcess> => {
  const { feed, eventStore, parkedStreams, readModels, progress } = bound;
  const ports = { feed, eventStore, parkedStreams };
  const { name, streamPrefixes, checkpoint: build } = process;
  if (build !== null) {
    const checkpoint = keptCheckpoint(readModels, build);
    const begin = runProcess({ ...ports, checkpoint }, process);
    return lead(bound, { name, begin, streamPrefixes, standBy: checkpoint.look });
  }
  const begin = runProcess({ ...ports, checkpoint: fromNow(feed) }, process);
  const task = await begin(() => undefined).catch(() => {
    throw new EngineAway('event store');
  });
  const position = (): number | null => task.position?.() ?? null;
  progress.watch({ name, streamPrefixes, position, failing: () => null });
  return task;
};
