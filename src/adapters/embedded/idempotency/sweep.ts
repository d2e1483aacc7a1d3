import { type RootDatabase } from 'lmdb';
import { commitDurably } from '../environment/index.js';
import { type Tables } from './tables.js';

const SLICE = 1_000;

/** Forgets every key begun before `before`, a slice at a time; answers how many. */
export const sweep = async (
  root: RootDatabase<unknown>,
  { keys, ages }: Tables,
  before: number,
  stopped: () => boolean,
): Promise<number> => {
  for (let forgotten = 0; ;) {
    const slice = stopped() ? [] : [...ages.getKeys({ end: [before], limit: SLICE })];
    if (slice.length === 0) return forgotten;
    await commitDurably(root, () => {
      for (const [begunAt, key] of slice) {
        ages.removeSync([begunAt, key]);
        if (keys.get(key)?.begunAt === begunAt) keys.removeSync(key);
      }
    }).committed;
    forgotten += slice.length;
  }
};
