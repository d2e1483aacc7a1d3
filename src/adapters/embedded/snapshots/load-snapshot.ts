import { setImmediate as nextTurn } from 'node:timers/promises';
import { option as O } from 'fp-ts';
import { type Snapshot } from '../../../application/ports/snapshots.js';
import { type GenerationsInUse } from './generations.js';
import { type CurrentSnapshot, type SnapshotTables } from './tables.js';

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
export const loadSnapshot = (
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
