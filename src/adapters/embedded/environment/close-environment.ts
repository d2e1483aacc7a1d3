import { type RootDatabase } from 'lmdb';

/**
 * Closes an environment when its writes are done. A read that comes too late is told by the error it gets: without the hold
 * on the last read transaction lmdb would throw again, from a timer, where nobody can catch it, and end the process.
 */
export const closeEnvironment = async (root: RootDatabase<unknown>): Promise<void> => {
  root.useReadTransaction();
  await root.close();
};
