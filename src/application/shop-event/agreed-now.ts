import { function as F, taskEither as TE } from 'fp-ts';
import { type Clock, type SecondClock } from '../ports/ports.js';

export interface AgreedNowPorts {
  readonly clock: Clock;
  readonly secondClock: SecondClock;
}

/** The moment that has come by every clock at hand, epoch milliseconds: a clock that is ahead brings nothing forward. */
export const agreedNow = ({ clock, secondClock }: AgreedNowPorts): TE.TaskEither<'ClockUnavailable', number> =>
  F.pipe(
    secondClock.now(),
    TE.map((second) => Math.min(second, clock.now())),
  );
