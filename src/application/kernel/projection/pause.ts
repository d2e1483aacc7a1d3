import { type Clock } from '../../ports/clock.js';

/** Resolves after `ms`, or at once when aborted; leaves neither timer nor listener behind. */
export const pause = (clock: Clock, ms: number, signal?: AbortSignal): Promise<void> =>
  new Promise((resolve) => {
    if (signal?.aborted === true) return resolve();
    const done = (): void => {
      cancel();
      signal?.removeEventListener('abort', done);
      resolve();
    };
    const cancel = clock.wakeIn(ms, done);
    signal?.addEventListener('abort', done);
  });
