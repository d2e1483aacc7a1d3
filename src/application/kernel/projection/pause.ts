import { type Clock } from '../../ports/clock.js';

/** The pauses that a signal ends. Each signal gets one listener for all of them, because Node warns of more than ten. */
const pausing = new WeakMap<AbortSignal, Set<() => void>>();

const pausingUnder = (signal: AbortSignal): Set<() => void> => {
  const known = pausing.get(signal);
  if (known !== undefined) return known;
  const wakes = new Set<() => void>();
  signal.addEventListener('abort', () => wakes.forEach((wake) => wake()), { once: true });
  pausing.set(signal, wakes);
  return wakes;
};

/** Resolves after `ms`, or at once when aborted; leaves no timer behind. */
export const pause = (clock: Clock, ms: number, signal?: AbortSignal): Promise<void> =>
  new Promise((resolve) => {
    if (signal?.aborted === true) return resolve();
    const wakes = signal && pausingUnder(signal);
    const done = (): void => {
      cancel();
      wakes?.delete(done);
      resolve();
    };
    const cancel = clock.wakeIn(ms, done);
    wakes?.add(done);
  });
