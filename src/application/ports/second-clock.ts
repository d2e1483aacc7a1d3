import { type taskEither as TE } from 'fp-ts';

/**
 * A clock beside the one of this process, as far from its faults as the deployment allows. What must not happen before
 * its time happens only when both say that it has come.
 */
export interface SecondClock {
  /** Epoch milliseconds. */
  readonly now: () => TE.TaskEither<'ClockUnavailable', number>;
}
