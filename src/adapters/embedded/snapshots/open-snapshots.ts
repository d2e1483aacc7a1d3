import { either as E, taskEither as TE } from 'fp-ts';
import { type RootDatabase } from 'lmdb';
import { type Snapshots } from '../../../application/ports/snapshots.js';
import { GenerationsInUse } from './generations.js';
import { loadSnapshot } from './load-snapshot.js';
import { saveSnapshot } from './save-snapshot.js';
import { openTables } from './tables.js';

const unavailable = (): 'SnapshotsUnavailable' => 'SnapshotsUnavailable';

/** Snapshots in the data directory, beside the events they were folded from. */
export const openSnapshots = (root: RootDatabase<unknown>): Snapshots => {
  const tables = openTables(root);
  const inUse = new GenerationsInUse();
  // Above every generation on disk, also one of a save that never ended: those are never counted on.
  let generation = Math.trunc(performance.timeOrigin + performance.now());
  return {
    save: (snapshot) => TE.tryCatch(() => saveSnapshot({ root, tables, inUse }, ++generation, snapshot), unavailable),
    load: (streamId, version) =>
      TE.fromIOEither(() => E.tryCatch(() => loadSnapshot(tables, inUse, streamId, version), unavailable)),
  };
};
