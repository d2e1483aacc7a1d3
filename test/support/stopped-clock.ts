import { type Clock } from '../../src/application/ports/clock.js';

/** A clock that says what a test tells it, and wakes nobody. */
export const stoppedClock = (now: () => number): Clock => ({
  now,
  wakeAt: () => () => undefined,
  elapsed: now,
  wakeIn: () => () => undefined,
});
