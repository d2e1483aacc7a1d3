import { pause } from '../../application/kernel/projection/pause.js';
import { type Clock } from '../../application/ports/clock.js';
import { type Bound } from '../container/bound-in.js';

/** A part of the server that runs on its own: what PROCESSES names. */
export interface RunningProcess {
  /** Takes nothing new, ends what it is at, resolves when that is done. */
  readonly stop: () => Promise<void>;
}

/** Starts such a part, of what it takes from the container. */
export type Start = (bound: Bound) => Promise<RunningProcess>;

export interface RunningApi extends RunningProcess {
  readonly url: string;
  /** What it needs as long as somebody is answered: to be stopped after it. */
  readonly behind?: RunningProcess;
}

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
