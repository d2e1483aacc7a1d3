import { type Build } from '../../../application/ports/read-models.js';
import { type RedisConnection } from '../connection.js';
import { texts } from '../reply.js';
import { run, script } from '../script.js';
import { DROPPING, named, registry } from './builds.js';
import { type Incarnations } from './incarnations.js';
import { buildKeys, buildsKey } from './keys.js';

/**
 * From here on the build is gone for readers and writers; what is left of it is cleared away afterwards, in slices.
 * KEYS: documents, entries, ids, builds. ARGV: name.
 */
const beginDroppingScript = script(`
if redis.call('HGET', KEYS[4], 'live') == ARGV[1] then redis.call('HDEL', KEYS[4], 'live') end
redis.call('HSET', KEYS[4], ARGV[1], 'dropping')
redis.call('UNLINK', KEYS[1], KEYS[2], KEYS[3])
return {'Dropping'}
`);

const SLICE = 200;

/** Index by index, so that Redis never stands still; what it freed of documents it frees beside its work. */
const clear = async ({ steady: redis, namespace }: RedisConnection, build: Build): Promise<void> => {
  const { indexes, name } = buildKeys(build);
  for (;;) {
    const slice = texts(await redis.srandmember(indexes, SLICE));
    if (slice.length === 0) break;
    await redis.unlink(...slice.map((index) => index.slice(namespace.length)));
    await redis.srem(indexes, ...slice);
  }
  await redis.hdel(buildsKey(build.view), name);
};

/** Gone for everyone at once, then cleared away; also clears away what an earlier drop left when its process died. */
export const drop = async (connection: RedisConnection, known: Incarnations, build: Build): Promise<void> => {
  const { documents, entries, ids, name } = buildKeys(build);
  await run(connection.steady, beginDroppingScript, [documents, entries, ids, buildsKey(build.view)], [name]);
  known.dropped(build);
  for (const [left, incarnation] of await registry(connection, build.view))
    if (incarnation === DROPPING) await clear(connection, named(build.view, left));
};
