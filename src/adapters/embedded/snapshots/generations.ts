import { type RootDatabase } from 'lmdb';
import { commitDurably } from '../environment/index.js';
import { type SnapshotTables } from './tables.js';

/** Pieces removed in one transaction: appends of others come in between. */
const MAX_PER_COMMIT = 256;

/** Which generations of pieces are being written or read, so that nobody removes them meanwhile. */
export class GenerationsInUse {
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
export const removeUnused = async (
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
