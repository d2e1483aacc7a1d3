import { type PartitionLag } from '../../../application/ports/message-log.js';
import { type PartitionLog } from './partition-log.js';
import { oldestOffset } from './read-chunks.js';
import { type Tables } from './tables.js';

/** What was dropped is behind every group. Throws when LMDB does. */
export const lagOf = (tables: Tables, group: string, log: PartitionLog): PartitionLag => {
  const { topic, partition, head } = log;
  const oldest = oldestOffset(tables, topic, partition) ?? head;
  const committed = Math.min(head, Math.max(tables.committed.get([topic, partition, group]) ?? 0, oldest));
  return { partition, head, committed, oldestUnprocessedAt: log.read(committed, 1)[0]?.loggedAt ?? null };
};
