import { type RootDatabase } from 'lmdb';
import { commitDurably } from './commit-durably.js';

/**
 * Closes an environment when its writes are done. A read that comes too late gets an error. The last read transaction is held:
 * otherwise lmdb would throw a second time, from a timer where nobody can catch it, and end the process.
 */
export const closeEnvironment = async (root: RootDatabase<unknown>): Promise<void> => {
  root.useReadTransaction();
  await root.close();
};

/** The same for one that was written to: after a failed commit lmdb would wait for its flush for ever; it waits for the latest one only. */
export const closeWritten = async (root: RootDatabase<unknown>): Promise<void> => {
  await commitDurably(root, () => undefined).flushed.catch(() => undefined);
  await closeEnvironment(root);
};
