import { option as O } from 'fp-ts';
import { randomUUID } from 'node:crypto';
import { type Log } from '../../../application/ports/ports.js';
import { type Snapshot, type Snapshots } from '../../../application/ports/snapshots.js';
import { type RedisClient } from '../client.js';
import { type RedisConnection } from '../connection.js';
import { orFault } from '../or-fault.js';
import { items, texts } from '../reply.js';
import { run } from '../script.js';
import { findScript, replaceScript } from './scripts.js';

/** Both keys of a stream's snapshot share its hash tag. */
const snapshotKey = (streamId: string): string => `snapshot:{${streamId}}`;

/** What a save that never ended leaves behind goes away by itself after so long. */
const KEEP_UNFINISHED_MS = 600_000;

/** Collects the pieces beside the snapshot there is, then replaces it in one step. */
const saveSnapshot = async (redis: RedisClient, { streamId, version, revision, chunks }: Snapshot): Promise<void> => {
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

async function* readPieces(redis: RedisClient, list: string, pieces: number): AsyncIterable<unknown> {
  for (let index = 0; index < pieces; index++) {
    const piece = await redis.lindex(list, index);
    if (piece === null) throw new Error(`The snapshot in ${list} was lost before it was read`);
    yield JSON.parse(piece);
  }
}

/** Its chunks are read as they are asked for; replacing the snapshot does not disturb whoever has begun. */
const loadSnapshot = async (
  { steady: redis, namespace }: RedisConnection,
  streamId: string,
  version: number,
): Promise<O.Option<Snapshot>> => {
  const [list, pieces, revision] = texts(await run(redis, findScript, [snapshotKey(streamId)], [version]));
  if (list === undefined) return O.none;
  return O.some({
    streamId,
    version,
    revision: Number(revision),
    chunks: readPieces(redis, list.slice(namespace.length), Number(pieces)),
  });
};

/** Snapshots in Redis: a list of pieces each. A wiped Redis has none. */
export const redisSnapshots = (connection: RedisConnection, log: Log): Snapshots => {
  const ask = orFault(log, 'SnapshotsUnavailable', 'Snapshots in Redis did not answer');
  return {
    save: (snapshot) => ask(() => saveSnapshot(connection.steady, snapshot)),
    load: (streamId, version) => ask(() => loadSnapshot(connection, streamId, version)),
  };
};
