import { type taskEither as TE } from 'fp-ts';

export interface Lease {
  /** Runs `lost` once, when the lease could not be kept: stop what it protected. */
  readonly onLost: (lost: () => void) => void;
  readonly release: () => Promise<void>;
}

/** One holder at a time of a named task (relay, projector, scheduler), the others standing by. Advisory: what it protects is fenced as well. */
export interface Leases {
  /** Waits until it is held; keeps it alive until released. Give up by aborting. */
  readonly acquire: (name: string, signal: AbortSignal) => TE.TaskEither<'LeasesUnavailable' | 'Aborted', Lease>;
}
