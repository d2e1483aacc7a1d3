import { type RootDatabase } from 'lmdb';
import { commitDurably } from '../environment/index.js';
import { openTables } from './tables.js';

export interface PartitionStart {
  readonly topic: string;
  readonly partition: number;
  /** Of the next message, unless the partition is further already. */
  readonly offset: number;
}

/**
 * Lets partitions of a log go on behind messages it never held: those that led to events which were imported. What is
 * accepted from now on then stands after them, for the writers and for every audit of the order of acceptance.
 */
export const beginAt = (root: RootDatabase<unknown>, starts: ReadonlyArray<PartitionStart>): Promise<void> => {
  const { heads } = openTables(root);
  return commitDurably(root, () => {
    for (const { topic, partition, offset } of starts)
      if ((heads.get([topic, partition]) ?? 0) < offset) heads.putSync([topic, partition], offset);
  }).flushed;
};
