import { option as O } from 'fp-ts';
import { type Log } from '../../../application/ports/log.js';
import { type Snapshot, type Snapshots } from '../../../application/ports/snapshots.js';
import { type RedisClient } from '../client.js';
import { type RedisConnection } from '../connection.js';
import { orFault } from '../or-fault.js';
import { texts } from '../reply.js';
import { run } from '../script.js';
import { saveSnapshot, snapshotKey } from './save-snapshot.js';
import { findScript } from './scripts.js';

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
