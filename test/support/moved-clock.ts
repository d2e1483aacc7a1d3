import { type Clock } from '../../src/application/ports/clock.js';

export interface MovedClock extends Clock {
  /** Lets milliseconds pass; whoever waits for a moment until then is woken, in order of the moments. */
  readonly move: (ms: number) => void;
}

/** A clock that stands still until a test moves it. */
export const movedClock = (start = Date.UTC(2026, 0, 1)): MovedClock => {
  let now = start;
  const waiting = new Set<{ readonly at: number; readonly wake: () => void }>();
  const due = (): { readonly at: number; readonly wake: () => void } | undefined =>
    [...waiting].filter(({ at }) => at <= now).sort((one, other) => one.at - other.at)[0];
  return {
    now: () => now,
    wakeAt: (at, wake) => {
      const waiter = { at, wake };
      waiting.add(waiter);
      return () => void waiting.delete(waiter);
    },
    move: (ms) => {
      now += ms;
      for (let next = due(); next !== undefined; next = due()) {
        waiting.delete(next);
        next.wake();
      }
    },
  };
};
