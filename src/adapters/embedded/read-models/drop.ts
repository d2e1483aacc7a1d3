import { type RootDatabase, type Key, type Database } from 'lmdb';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { type Build } from '../../../application/ports/read-models.js';
import { commitDurably } from '../environment/index.js';
import { type Tables, keyOf, AFTER_ALL } from './tables.js';

/** Keys removed in one transaction: a few milliseconds, then everyone else gets a turn. */
const SLICE = 1000;
/** In one step the build is gone for everyone; what it leaves is marked, so that a crash does not leave it for ever. */
export const unregister = (root: RootDatabase<unknown>, tables: Tables, build: Build): Promise<void> =>
  commitDurably(root, () => {
    const stored = tables.builds.get(keyOf(build));
    if (stored === undefined) return;
    const live = tables.live.get(build.view);
    if (live?.version === build.version && live.build === build.build) tables.live.removeSync(build.view);
    tables.builds.removeSync(keyOf(build));
    tables.dropped.putSync(stored.id, true);
  }).committed;
/** Removes what dropped builds left, slice by slice, until there is nothing or `stopped`. */
export const clearDropped = async (
  root: RootDatabase<unknown>,
  tables: Tables,
  stopped: () => boolean,
): Promise<void> => {
  const clear = async <K extends Key[]>(table: Database<string, K>, id: number): Promise<void> => {
    while (!stopped()) {
      const keys = [...table.getKeys({ start: [id], end: [id, AFTER_ALL], limit: SLICE })];
      if (keys.length === 0) return;
      await commitDurably(root, () => keys.forEach((key) => table.removeSync(key))).committed;
      await nextTurn();
    }
  };
  for (const id of [...tables.dropped.getKeys()]) {
    await clear(tables.entries, id);
    await clear(tables.documents, id);
    if (!stopped()) await commitDurably(root, () => tables.dropped.removeSync(id)).committed;
  }
};
