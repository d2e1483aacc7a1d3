import { taskEither as TE } from 'fp-ts';
import { type SecondClock } from '../../../application/ports/second-clock.js';

export interface SteadyClockOptions {
  /** The machine's clock, which may be set. Epoch milliseconds. */
  readonly now: () => number;
  /** Time that only passes. Milliseconds. */
  readonly passed?: () => number;
}

export interface SteadyClock extends SecondClock {
  readonly close: () => void;
}

const LOOK_MS = 1_000;
/** A clock that was set ahead and stays there is believed after a minute. */
const SETTLED_MS = 60_000;
/** Of two clocks that count in milliseconds. */
const NOISE_MS = 5;
/** A clock that is corrected by less than this, however often, is not one that jumps. */
const CORRECTION_MS = 100;
const AT_ONCE_MS = 1;
/** On a machine so busy that it never reads both at once, the closest reading has to do. */
const READINGS = 10;

/**
 * A single machine has one clock; what it can be checked against is the time that has passed since. A clock that jumps
 * ahead is not followed for a minute, one that is set back is followed at once. Before this process began, and beyond that
 * minute, nothing can be told.
 */
export const steadyClock = ({ now, passed = () => performance.now() }: SteadyClockOptions): SteadyClock => {
  /** Both read at one moment: read with a pause between them, they would seem to have jumped. */
  const offset = (): number => {
    let closest = { tookMs: Infinity, offset: 0 };
    for (let n = 0; n < READINGS && closest.tookMs > AT_ONCE_MS; n += 1) {
      const [before, at, after] = [passed(), now(), passed()];
      if (after - before < closest.tookMs) closest = { tookMs: after - before, offset: at - after };
    }
    return closest.offset;
  };
  let believed = offset();
  let jump: { readonly offset: number; readonly at: number } | null = null;
  const look = (): number => {
    const found = offset();
    if (found <= believed + NOISE_MS) {
      if (found < believed - NOISE_MS) believed = found;
      jump = null;
      return now();
    }
    if (jump === null || Math.abs(found - jump.offset) > CORRECTION_MS) jump = { offset: found, at: passed() };
    if (passed() - jump.at < SETTLED_MS) return Math.floor(passed() + believed);
    believed = found;
    jump = null;
    return now();
  };
  const looking = setInterval(look, LOOK_MS);
  looking.unref();
  return {
    now: () => TE.fromIO(look),
    close: () => clearInterval(looking),
  };
};
