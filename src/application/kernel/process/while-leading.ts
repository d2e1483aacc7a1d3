import { either as E } from 'fp-ts';
import { type Position } from '../../ports/event-store.js';
import { type Lease } from '../../ports/leases.js';
import { type Ports } from '../../ports/ports.js';
import { pause } from '../projection/pause.js';

export interface Task {
  readonly stop: () => Promise<void>;
  /** Everything of the feed up to here is taken care of; absent where a task follows no feed. */
  readonly position?: () => Position;
  /** How many pieces of work wait to be tried again; absent where none ever do. */
  readonly putOff?: () => number;
}

/** Begins the task; `stepDown` gives up the lead, for instance when a fence says that another one leads. */
export type BeginTask = (stepDown: () => void) => Promise<Task>;

export type LeadingPorts = Pick<Ports, 'leases' | 'clock' | 'log'>;

export interface Failing {
  /** Epoch milliseconds. */
  readonly since: number;
  readonly reason: string;
}

export interface Leading {
  /** The task that runs here; null while another process leads, or while it cannot begin. */
  readonly task: () => Task | null;
  /** Not null while the task cannot begin, though no other process leads. */
  readonly failing: () => Failing | null;
  /** Ends the task if it runs here, and gives the lead to another process. */
  readonly stop: () => Promise<void>;
}

const ASK_AGAIN_MS = 1_000;
/** Refused for this long, the lead is with a process that could begin: two that cannot pass it on faster. */
const LED_ELSEWHERE_MS = 5_000;

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
 * lost, and stands by again. Advisory, as leases are: what the task writes is fenced by its checkpoint or revision. That
 * a task cannot begin is said once for each cause, and once more when it is over.
 */
export const whileLeading = ({ leases, clock, log }: LeadingPorts, name: string, begin: BeginTask): Leading => {
  const ending = new AbortController();
  let running: Task | null = null;
  let failing: Failing | null = null;
  let failingFrom = 0;

  const failed = (error: unknown): void => {
    const reason = error instanceof Error ? error.message : String(error);
    if (failing?.reason !== reason) log.error({ task: name, err: error }, 'a led task failed; it is tried again');
    if (failing === null) failingFrom = clock.elapsed();
    failing = { since: failing?.since ?? clock.now(), reason };
  };
  const begun = (task: Task): void => {
    running = task;
    log.info({ task: name, ...(failing !== null && { failedForMs: clock.elapsed() - failingFrom }) }, 'leading');
    failing = null;
  };
  const lead = async (lease: Lease): Promise<void> => {
    const { over, stepDown } = untilLost(lease, ending.signal);
    try {
      begun(await begin(stepDown));
      await over;
      await running?.stop();
    } catch (error) {
      failed(error);
      stepDown();
      await lease.release();
      // The next leader may be this process again: it pauses, so that it does not loop at full speed.
      return pause(clock, ASK_AGAIN_MS, ending.signal);
    } finally {
      running = null;
    }
    await lease.release();
  };
  const ask = leases.acquire(name, ending.signal);
  const standBy = async (): Promise<void> => {
    while (!ending.signal.aborted) {
      const cancel = clock.wakeIn(LED_ELSEWHERE_MS, () => (failing = null));
      const lease = await ask();
      cancel();
      if (E.isRight(lease)) await lead(lease.right);
      else await pause(clock, ASK_AGAIN_MS, ending.signal);
    }
  };
  const done = standBy();
  return {
    task: () => running,
    failing: () => failing,
    stop: () => {
      ending.abort();
      return done;
    },
  };
};
