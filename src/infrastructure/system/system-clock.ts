import { type Clock } from '../../application/ports/clock.js';

/** The longest a timer of Node can wait, milliseconds; a later moment is reached in several. */
const LONGEST = 2_147_483_647;

/** Waits, in as many timers as it takes, until nothing is `left`. A timer never keeps the process alive by itself. */
const wakeAfter = (left: () => number, wake: () => void): (() => void) => {
  const wait = (): NodeJS.Timeout => {
    const ms = left();
    const next = ms > LONGEST ? () => (timer = wait()) : wake;
    return setTimeout(next, Math.min(Math.max(ms, 0), LONGEST)).unref();
  };
  let timer = wait();
  return () => clearTimeout(timer);
};

/** The machine's clocks. */
export const systemClock: Clock = {
  now: () => Date.now(),
  wakeAt: (at, wake) => wakeAfter(() => at - Date.now(), wake),
  elapsed: () => performance.now(),
  wakeIn: (ms, wake) => {
    const end = performance.now() + ms;
    return wakeAfter(() => end - performance.now(), wake);
  },
};
