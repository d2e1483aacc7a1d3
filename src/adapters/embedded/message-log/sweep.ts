import { type RootDatabase } from 'lmdb';
import { commitDurably } from '../environment/index.js';
import { loggedAtOf } from './chunk.js';
import { type PartitionLog } from './partition-log.js';
import { type ChunkKey, type Tables } from './tables.js';

/** Chunks dropped in one transaction: the loop of events goes on between two. */
const SLICE = 500;

/** What every group has read; with no group at all, everything. */
const readByAll = ({ committed }: Tables, { topic, partition, head }: PartitionLog): number => {
  let all = head;
  for (const { key, value } of committed.getRange({ start: [topic, partition], end: [topic, partition + 1] }))
    if (key[0] === topic && key[1] === partition) all = Math.min(all, value);
  return all;
};

/**
 * Drops what was logged before `before`, oldest first. What a group of this log has not read yet stays, however old: an
 * accepted request outlives a server that was off for longer than its retention. Answers how many messages went.
 */
export const sweepPartition = async (
  root: RootDatabase<unknown>,
  tables: Tables,
  log: PartitionLog,
  before: number,
): Promise<number> => {
  const { topic, partition, head } = log;
  const keepFrom = readByAll(tables, log);
  for (let dropped = 0; ;) {
    const slice: ChunkKey[] = [];
    const range = { start: [topic, partition, 0], end: [topic, partition, head], limit: SLICE + 1 };
    const oldest = [...tables.chunks.getRange(range).map(({ key, value }) => ({ key, loggedAt: loggedAtOf(value) }))];
    let end = oldest[0]?.key[2] ?? head;
    for (const [index, { key, loggedAt }] of oldest.slice(0, SLICE).entries()) {
      const next = oldest[index + 1]?.key[2] ?? head;
      if (loggedAt >= before || next > keepFrom) break;
      slice.push(key);
      dropped += next - key[2];
      end = next;
    }
    if (slice.length === 0) return dropped;
    await commitDurably(root, () => slice.forEach((key) => tables.chunks.removeSync(key))).committed;
    if (slice.length < SLICE || end >= head) return dropped;
  }
};
