import { setTimeout as sleep } from 'node:timers/promises';

/** Waits between tries, ended early by aborting. */
export interface BackOff {
  readonly firstMs: number;
  readonly maxMs: number;
}

/** Longer after each failure in a row. */
export const delayAfter = ({ firstMs, maxMs }: BackOff, failures: number): number =>
  Math.min(maxMs, firstMs * 2 ** Math.min(failures - 1, 20));

/** Resolves after `ms`, or at once when aborted. */
export const pause = (ms: number, signal: AbortSignal): Promise<void> =>
  sleep(ms, undefined, { signal }).catch(() => undefined);
