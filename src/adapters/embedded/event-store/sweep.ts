import { type RootDatabase } from 'lmdb';
import { commitDurably } from '../environment/index.js';
import { decodeHeader } from './record.js';
import { type Tables } from './tables.js';

/** Appends dropped in one transaction: appends of others come in between. */
const MAX_PER_COMMIT = 1_000;

/** Within a transaction. The last append of all stays: it tells which positions were given. */
const dropOld = ({ records, revisions }: Tables, streamId: string, before: number): number => {
  const [last] = records.getKeys({ reverse: true, limit: 1 });
  const old: Array<{ readonly revision: number; readonly position: number }> = [];
  for (const { key, value: position } of revisions.getRange({ start: [streamId, 0], end: [streamId, Infinity] })) {
    const record = records.get(position);
    if (old.length === MAX_PER_COMMIT || position === last) break;
    if (record !== undefined && decodeHeader(record).recordedAt >= before) break;
    old.push({ revision: key[1], position });
  }
  for (const { revision, position } of old) {
    records.removeSync(position);
    revisions.removeSync([streamId, revision]);
  }
  return old.length;
};

/** Drops the appends that streams no longer keep, and answers how many they were. An append goes as a whole. */
export const sweep = async (root: RootDatabase<unknown>, tables: Tables, now: number): Promise<number> => {
  let dropped = 0;
  for (const { key: streamId, value: seconds } of [...tables.retention.getRange()])
    for (let more = true; more;) {
      const count = await commitDurably(root, () => dropOld(tables, streamId, now - seconds * 1_000)).flushed;
      dropped += count;
      more = count === MAX_PER_COMMIT;
    }
  return dropped;
};
