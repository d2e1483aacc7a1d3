import { either as E } from 'fp-ts';
import { type Clock } from '../ports/clock.js';
import { type Lease, type Leases } from '../ports/leases.js';
import { type Log } from '../ports/log.js';
import { pause } from '../projecting/pause.js';

export interface Task {
  readonly stop: () => Promise<void>;
}

/** Begins the task; `stepDown` gives up the lead, for instance when a fence says that another one leads. */
export type BeginTask = (stepDown: () => void) => Promise<Task>;

export interface LeadingPorts {
  readonly leases: Leases;
  readonly clock: Clock;
  readonly log: Log;
}

export interface Leading {
  /** Ends the task if it runs here, and gives the lead to another process. */
  readonly stop: () => Promise<void>;
}

const ASK_AGAIN_MS = 1_000;

const untilLost = (
  lease: Lease,
  signal: AbortSignal,
): { readonly over: Promise<void>; readonly stepDown: () => void } => {
  let stepDown = (): void => undefined;
  const over = new Promise<void>((resolve) => {
    stepDown = () => {
      signal.removeEventListener('abort', stepDown);
      resolve();
    };
    lease.onLost(stepDown);
    signal.addEventListener('abort', stepDown);
    // Told to end while it was waiting for the lease: nobody will say so again.
    if (signal.aborted) stepDown();
  });
  return { over, stepDown };
};

/**
 * Keeps one process at a time on a task, the others standing by: waits for the lease, begins, ends when the lease is
 * lost, and stands by again. Advisory, as leases are: what the task writes is fenced by its checkpoint or revision.
 */
export const whileLeading = (ports: LeadingPorts, name: string, begin: BeginTask): Leading => {
  const ending = new AbortController();
  const lead = async (lease: Lease): Promise<void> => {
    const { over, stepDown } = untilLost(lease, ending.signal);
    try {
      const task = await begin(stepDown);
      ports.log.info({ task: name }, 'leading');
      await over;
      await task.stop();
    } catch (error) {
      ports.log.error({ task: name, err: error }, 'a led task failed; standing by');
      stepDown();
      await lease.release();
      // Whoever leads next may be this very process again: not in a circle at full speed.
      return pause(ports.clock, ASK_AGAIN_MS, ending.signal);
    }
    await lease.release();
  };
  const ask = ports.leases.acquire(name, ending.signal);
  const standBy = async (): Promise<void> => {
    while (!ending.signal.aborted) {
      const lease = await ask();
      if (E.isRight(lease)) await lead(lease.right);
      else await pause(ports.clock, ASK_AGAIN_MS, ending.signal);
    }
  };
  const done = standBy();
  return {
    stop: () => {
      ending.abort();
      return done;
    },
  };
};
