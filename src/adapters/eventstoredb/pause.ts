import { setTimeout as sleep } from 'node:timers/promises';

/** Twice as long after each failure in a row; ended early by aborting. */
export const pause = (
  { firstMs, maxMs }: { readonly firstMs: number; readonly maxMs: number },
  failures: number,
  signal: AbortSignal,
): Promise<void> =>
  sleep(Math.min(maxMs, firstMs * 2 ** Math.min(failures, 20)), undefined, { signal }).catch(() => undefined);
