import { type option as O, type taskEither as TE } from 'fp-ts';
import { type Revision } from './event-store.js';

export interface Snapshot {
  readonly streamId: string;
  /** Of the shape of the state: a snapshot of another version is not found. */
  readonly version: number;
  /** The last revision folded into it. */
  readonly revision: Revision;
  /** JSON values, in order: a large state is saved and loaded in pieces. */
  readonly chunks: AsyncIterable<unknown>;
}

/** A cache of folds. Losing it costs time, nothing else. */
export interface Snapshots {
  /** Replaces the stream's snapshot, all of it or nothing. Consumes `chunks` a piece at a time, never holding them all. */
  readonly save: (snapshot: Snapshot) => TE.TaskEither<'SnapshotsUnavailable', void>;
  readonly load: (streamId: string, version: number) => TE.TaskEither<'SnapshotsUnavailable', O.Option<Snapshot>>;
}
