import { option as O } from 'fp-ts';
import { randomUUID } from 'node:crypto';
import { type Log } from '../../../application/ports/log.js';
import { type Snapshot, type Snapshots } from '../../../application/ports/snapshots.js';
import { type RedisClient } from '../client.js';
import { type RedisConnection } from '../connection.js';
import { items, orFault, texts } from '../reply.js';
import { run, script } from '../script.js';

/**
 * Makes a collected list the stream's snapshot, all of it at once; whoever is reading the one before has a minute to end.
 * A list that is no longer complete is refused. KEYS: snapshot, list. ARGV: version, revision, number of pieces.
 */
const replaceScript = script(`
if redis.call('LLEN', KEYS[2]) ~= tonumber(ARGV[3]) then return {'Incomplete'} end
local before = redis.call('HGET', KEYS[1], 'list')
if before then redis.call('PEXPIRE', before, 60000) end
redis.call('PERSIST', KEYS[2])
redis.call('HSET', KEYS[1], 'version', ARGV[1], 'revision', ARGV[2], 'list', KEYS[2], 'pieces', ARGV[3])
return {'Replaced'}
`);

/** Where the snapshot of a version lies: full name of the list, pieces, revision; empty when there is none. KEYS: snapshot. ARGV: version. */
const findScript = script(`
local found = redis.call('HMGET', KEYS[1], 'version', 'list', 'pieces', 'revision')
if found[1] ~= ARGV[1] then return {} end
if redis.call('LLEN', found[2]) ~= tonumber(found[3]) then return {} end
return {found[2], found[3], found[4]}
`);

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
