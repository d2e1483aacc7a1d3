import { pause } from '../../application/kernel/projection/pause.js';
import { type Clock } from '../../application/ports/ports.js';
import { type RunningProcess } from './process.js';

/** Does `work` at once and then `ms` after it was done, until stopped. That it failed is told, and is no reason to end. */
export const every = (
  clock: Clock,
  ms: number,
  work: () => Promise<void>,
  failed: (error: unknown) => void,
): RunningProcess => {
  const stopping = new AbortController();
  const run = async (): Promise<void> => {
    while (!stopping.signal.aborted) {
      await work().catch(failed);
      await pause(clock, ms, stopping.signal);
    }
  };
  const done = run();
  return {
    stop: () => {
      stopping.abort();
      return done;
    },
  };
};
