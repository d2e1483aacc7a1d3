import { type RedisClient } from './client.js';

const PIECE = 2_000;
const KEEP_MS = 60_000;

/** Writes entries into a hash of their own, a piece at a time, so that Redis never stands still. Answers how many fields it has. */
export const collectHash = async (
  redis: RedisClient,
  key: string,
  entries: Iterable<readonly [field: string, value: string | number]>,
): Promise<number> => {
  let count = 0;
  let piece: Array<string | number> = [];
  const write = async (): Promise<void> => {
    if (piece.length === 0) return;
    const fields = piece;
    piece = [];
    const [added] = await Promise.all([redis.hset(key, fields), redis.pexpire(key, KEEP_MS)]);
    count += added;
  };
  for (const entry of entries) {
    piece.push(...entry);
    if (piece.length === 2 * PIECE) await write();
  }
  await write();
  return count;
};
