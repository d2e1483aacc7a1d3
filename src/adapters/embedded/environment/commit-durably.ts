import { type RootDatabase } from 'lmdb';
import { commitFailed } from './storage-watch.js';

/**
 * What became of a transaction. `committed` rejects when its commit failed; `flushed` follows it on disk. After a failure of the disk
 * all of it may stand nevertheless, or none.
 */
export interface Commit<A> {
  readonly committed: Promise<A>;
  readonly flushed: Promise<A>;
}

/**
 * LMDB reports the cause of a failed commit in a second promise, whose rejection would end the process if it were not handled. A
 * failed commit is never reported as flushed, so a caller that waits for `flushed` must get the failure from the commit.
 */
const causeOf = async (root: RootDatabase<unknown>, error: unknown): Promise<never> => {
  if (!(error instanceof Error && 'commitError' in error)) throw error;
  const cause = await Promise.resolve(error.commitError).catch((failure: unknown) => failure);
  commitFailed(root, cause);
  throw new Error(`The commit failed: ${String(cause)}. Is the disk full?`, { cause });
};

/** A closed environment throws at once; whoever waits hears of it the same way as of everything else. */
const begin = <A>(root: RootDatabase<unknown>, action: () => A): Promise<A> => {
  try {
    return root.childTransaction(action);
  } catch (error) {
    return Promise.reject(error);
  }
};

/**
 * Runs `action` in a transaction of its own: all its writes or, when it throws or the disk is full, none. Transactions
 * of one turn of the event loop share a commit. Await `flushed` before promising anything to anyone.
 */
export const commitDurably = <A>(root: RootDatabase<unknown>, action: () => A): Commit<A> => {
  const committed = begin(root, action).catch((error: unknown) => causeOf(root, error));
  const synced = root.flushed.then(() => undefined);
  const flushed = committed.then((answer) => synced.then(() => answer));
  // Who only awaits `committed` has heard of a failure once, which is enough.
  synced.catch(() => undefined);
  flushed.catch(() => undefined);
  return { committed, flushed };
};
