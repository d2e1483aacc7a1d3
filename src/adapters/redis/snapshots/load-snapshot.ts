import { option as O } from 'fp-ts';
import { type RedisClient } from '../client.js';
import { type RedisConnection } from '../connection.js';
import { type Snapshot } from '../../../application/ports/snapshots.js';
import { texts } from '../reply.js';
import { run } from '../script.js';
import { snapshotKey } from './save-snapshot.js';
import { findScript } from './scripts.js';

async function* readPieces(redis: RedisClient, list: string, pieces: number): AsyncIterable<unknown> {
  for (let index = 0; index < pieces; index++) {
    const piece = await redis.lindex(list, index);
    if (piece === null) throw new Error(`The snapshot in ${list} was lost before it was read`);
    yield JSON.parse(piece);
  }
}

/** Its chunks are read as they are asked for; replacing the snapshot does not disturb whoever has begun. */
export const loadSnapshot = async (
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
