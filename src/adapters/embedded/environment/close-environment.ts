import { type RootDatabase } from 'lmdb';

/**
 * Closes an environment when its writes are done. A read that comes too late gets an error. The last read transaction is held:
 * otherwise lmdb would throw a second time, from a timer where nobody can catch it, and end the process.
 */
export const closeEnvironment = async (root: RootDatabase<unknown>): Promise<void> => {
  root.useReadTransaction();
  await root.close();
};
