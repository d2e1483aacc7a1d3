import { type Clock } from '../../ports/clock.js';
import { pause } from '../projection/pause.js';

/** What has to wait for something else than its turn: until it has rested, others have theirs. */
export interface PutOff {
  /** Never rejects. */
  readonly rested: Promise<void>;
  readonly again: () => Promise<Acted>;
}

/** Whether it came to its end; false only when interrupted: it is acted upon again by whichever process comes next. */
export type Acted = boolean | PutOff;

const LONGEST_MS = 10_000;

/** For a while: twice as long each time, until it waits the longest. `again` is told how long the next pause is. */
export const putOff = (
  clock: Clock,
  signal: AbortSignal,
  ms: number,
  again: (nextMs: number) => Promise<Acted>,
): PutOff => ({
  rested: pause(clock, ms, signal),
  again: () => again(Math.min(ms * 2, LONGEST_MS)),
});
