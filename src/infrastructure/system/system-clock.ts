import { type Clock } from '../../application/ports/clock.js';

/** The longest a timer of Node can wait, milliseconds; a later moment is reached in several. */
const LONGEST = 2_147_483_647;

/** The machine's clock. A timer never keeps the process alive by itself. */
export const systemClock: Clock = {
  now: () => Date.now(),
  wakeAt: (at, wake) => {
    const wait = (): NodeJS.Timeout => {
      const left = at - Date.now();
      const next = left > LONGEST ? () => (timer = wait()) : wake;
      return setTimeout(next, Math.min(Math.max(left, 0), LONGEST)).unref();
    };
    let timer = wait();
    return () => clearTimeout(timer);
  },
};
