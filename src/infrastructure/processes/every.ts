import { setTimeout as sleep } from 'node:timers/promises';
import { type RunningProcess } from './process.js';

/** Does `work` at once and then `ms` after it was done, until stopped. That it failed is told, and is no reason to end. */
export const every = (ms: number, work: () => Promise<void>, failed: (error: unknown) => void): RunningProcess => {
  const stopping = new AbortController();
  const run = async (): Promise<void> => {
    while (!stopping.signal.aborted) {
      await work().catch(failed);
      await sleep(ms, undefined, { signal: stopping.signal }).catch(() => undefined);
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
