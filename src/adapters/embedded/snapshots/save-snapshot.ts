import { type RootDatabase } from 'lmdb';
import { type Snapshot } from '../../../application/ports/snapshots.js';
import { commitDurably } from '../environment/index.js';
import { type GenerationsInUse, removeUnused } from './generations.js';
import { type SnapshotTables } from './tables.js';

/** Writes all pieces beside the snapshot of before, then points to them: a crash in the middle leaves the old one. */
export const saveSnapshot = async (
  {
    root,
    tables,
    inUse,
  }: {
    readonly root: RootDatabase<unknown>;
    readonly tables: SnapshotTables;
    readonly inUse: GenerationsInUse;
  },
  generation: number,
  { streamId, version, revision, chunks }: Snapshot,
): Promise<void> => {
  inUse.enter(generation);
  try {
    let pieces = 0;
    for await (const chunk of chunks) {
      const bytes = Buffer.from(JSON.stringify(chunk));
      const key: [string, number, number] = [streamId, generation, pieces++];
      // One after another: at most one piece is held in memory.
      await commitDurably(root, () => tables.pieces.putSync(key, bytes)).committed;
    }
    const current = { version, revision, generation, pieces };
    await commitDurably(root, () => tables.current.putSync(streamId, current)).flushed;
  } finally {
    inUse.leave(generation);
    await removeUnused(root, tables, inUse, streamId);
  }
};
