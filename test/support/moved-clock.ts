import { type Clock } from '../../src/application/ports/clock.js';

export interface MovedClock extends Clock {
  /** Lets milliseconds pass; whoever waits for a moment until then is woken, in order of the moments. */
  readonly move: (ms: number) => void;
  /** Sets the calendar back, or forward: nothing passes. */
  readonly set: (ms: number) => void;
}

interface Waiter {
  readonly left: () => number;
  readonly wake: () => void;
}

/** A clock that stands still until a test moves it. */
export const movedClock = (start = Date.UTC(2026, 0, 1)): MovedClock => {
  let now = start;
  let elapsed = 0;
  const waiting = new Set<Waiter>();
  const due = (): Waiter | undefined =>
    [...waiting].filter(({ left }) => left() <= 0).sort((one, other) => one.left() - other.left())[0];
  const wait = (left: Waiter['left'], wake: Waiter['wake']): (() => void) => {
    const waiter = { left, wake };
    waiting.add(waiter);
    return () => void waiting.delete(waiter);
  };
  const wakeDue = (): void => {
    for (let next = due(); next !== undefined; next = due()) {
      waiting.delete(next);
      next.wake();
    }
  };
  return {
    now: () => now,
    wakeAt: (at, wake) => wait(() => at - now, wake),
    elapsed: () => elapsed,
    wakeIn: (ms, wake) => {
      const end = elapsed + ms;
      return wait(() => end - elapsed, wake);
    },
    move: (ms) => {
      now += ms;
      elapsed += ms;
      wakeDue();
    },
    set: (ms) => {
      now += ms;
      wakeDue();
    },
  };
};
