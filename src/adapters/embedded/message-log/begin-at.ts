import { type RootDatabase } from 'lmdb';
import { type PlaceInLog } from '../../../application/ports/message-log.js';
import { commitDurably } from '../environment/index.js';
import { openTables } from './tables.js';

/**
 * Lets partitions of a log that are not further already go on behind messages it never held: those that led to events which
 * were imported. What is accepted from now on then stands after them, for the writers and for every audit of the order of
 * acceptance.
 */
export const beginAt = (root: RootDatabase<unknown>, starts: ReadonlyArray<PlaceInLog>): Promise<void> => {
  const { heads } = openTables(root);
  return commitDurably(root, () => {
    for (const { topic, partition, offset } of starts)
      if ((heads.get([topic, partition]) ?? 0) < offset) heads.putSync([topic, partition], offset);
  }).flushed;
};
