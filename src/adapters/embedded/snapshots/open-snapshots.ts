import { either as E, option as O, taskEither as TE } from 'fp-ts';
import { type RootDatabase } from 'lmdb';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { type Snapshot, type Snapshots } from '../../../application/ports/snapshots.js';
import { commitDurably } from '../environment/index.js';
import { type CurrentSnapshot, openTables, type SnapshotTables } from './tables.js';

/** Pieces removed in one transaction: appends of others come in between. */
const MAX_PER_COMMIT = 256;

/** Which generations of pieces are being written or read, so that nobody removes them meanwhile. */
class GenerationsInUse {
  private readonly users = new Map<number, number>();

  has(generation: number): boolean {
    return this.users.has(generation);
  }

  enter(generation: number): void {
    this.users.set(generation, (this.users.get(generation) ?? 0) + 1);
  }

  leave(generation: number): void {
    const left = (this.users.get(generation) ?? 0) - 1;
    if (left > 0) this.users.set(generation, left);
    else this.users.delete(generation);
  }
}

/** Removes the pieces of a stream that no snapshot names: those replaced, and those of a save that never ended. */
const removeUnused = async (
  root: RootDatabase<unknown>,
  { current, pieces }: SnapshotTables,
  inUse: GenerationsInUse,
  streamId: string,
): Promise<void> => {
  for (let more = true; more;)
    more = await commitDurably(root, () => {
      const kept = current.get(streamId)?.generation;
      const unused: Array<[string, number, number]> = [];
      for (const key of pieces.getKeys({ start: [streamId, 0, 0], end: [streamId, Infinity, 0] })) {
        if (key[1] !== kept && !inUse.has(key[1])) unused.push(key);
        if (unused.length === MAX_PER_COMMIT) break;
      }
      unused.forEach((key) => pieces.removeSync(key));
      return unused.length === MAX_PER_COMMIT;
    }).committed;
};

/** Writes all pieces beside the snapshot of before, then points to them: a crash in the middle leaves the old one. */
const saveSnapshot = async (
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

async function* readPieces(
  tables: SnapshotTables,
  inUse: GenerationsInUse,
  streamId: string,
  { generation, pieces }: CurrentSnapshot,
): AsyncIterable<unknown> {
  inUse.enter(generation);
  try {
    for (let index = 0; index < pieces; index++) {
      const piece = tables.pieces.get([streamId, generation, index]);
      if (piece === undefined) throw new Error(`The snapshot of ${streamId} was replaced before it was read`);
      yield JSON.parse(piece.toString());
      // A large snapshot is loaded without holding up everyone else.
      await nextTurn();
    }
  } finally {
    inUse.leave(generation);
  }
}

/** Its chunks are read as they are asked for; replacing the snapshot meanwhile does not disturb whoever has begun. */
const loadSnapshot = (
  tables: SnapshotTables,
  inUse: GenerationsInUse,
  streamId: string,
  version: number,
): O.Option<Snapshot> => {
  const current = tables.current.get(streamId);
  if (current === undefined || current.version !== version) return O.none;
  return O.some({
    streamId,
    version,
    revision: current.revision,
    chunks: readPieces(tables, inUse, streamId, current),
  });
};

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
