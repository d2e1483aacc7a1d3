import { randomUUID } from 'node:crypto';
import { type RedisClient } from '../client.js';
import { type Snapshot } from '../../../application/ports/snapshots.js';
import { items } from '../reply.js';
import { run } from '../script.js';
import { replaceScript } from './scripts.js';

/** Both keys of a stream's snapshot share its hash tag. */
export const snapshotKey = (streamId: string): string => `snapshot:{${streamId}}`;

/** What a save that never ended leaves behind goes away by itself after so long. */
const KEEP_UNFINISHED_MS = 600_000;

/** Collects the pieces beside the snapshot there is, then replaces it in one step. */
export const saveSnapshot = async (
  redis: RedisClient,
  { streamId, version, revision, chunks }: Snapshot,
): Promise<void> => {
  const list = `${snapshotKey(streamId)}:${randomUUID()}`;
  let pieces = 0;
  for await (const chunk of chunks) {
    await Promise.all([redis.rpush(list, JSON.stringify(chunk)), redis.pexpire(list, KEEP_UNFINISHED_MS)]);
    pieces += 1;
  }
  const args = [version, revision, pieces];
  const [answer] = items(await run(redis, replaceScript, [snapshotKey(streamId), list], args));
  if (answer !== 'Replaced') throw new Error(`The pieces of the snapshot of ${streamId} were lost on the way`);
};
