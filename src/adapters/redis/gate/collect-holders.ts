import { type RedisClient } from '../client.js';

const PIECE = 2_000;
const KEEP_MS = 60_000;

/** Writes holders into a hash of their own, a piece at a time, so that Redis never stands still. Answers how many users. */
export const collectHolders = async (
  redis: RedisClient,
  key: string,
  holders: Iterable<readonly [userId: string, requestId: string]>,
): Promise<number> => {
  let count = 0;
  let piece: string[] = [];
  const write = async (): Promise<void> => {
    if (piece.length === 0) return;
    const fields = piece;
    piece = [];
    const [added] = await Promise.all([redis.hset(key, fields), redis.pexpire(key, KEEP_MS)]);
    count += added;
  };
  for (const [userId, requestId] of holders) {
    piece.push(userId, requestId);
    if (piece.length === 2 * PIECE) await write();
  }
  await write();
  return count;
};
