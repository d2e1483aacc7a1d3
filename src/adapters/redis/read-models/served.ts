import { option as O } from 'fp-ts';
import { BEGINNING } from '../../../application/ports/event-store.js';
import { type Served } from '../../../application/ports/read-models.js';
import { type RedisConnection } from '../connection.js';
import { items, text, textOrNull } from '../reply.js';
import { run, script } from '../script.js';
import { named } from './builds.js';
import { buildKeys, buildsKey } from './keys.js';
import { parsed, PIECE } from './page.js';

/**
 * Documents of the build that is believed to be live, if it is: else the name of the one that is, '' where none is.
 * KEYS: builds, documents of the one believed to be. ARGV: its name, ids.
 */
const servedScript = script(`
local live, incarnation = unpack(redis.call('HMGET', KEYS[1], 'live', ARGV[1]))
if live ~= ARGV[1] then return {'Other', live or ''} end
local found = redis.call('HMGET', KEYS[2], '\\0incarnation', '\\0checkpoint', unpack(ARGV, 2))
if found[1] ~= incarnation then return {'Vanished'} end
return {'Live', found}
`);

/** One round trip each, but for the first of a view and the first after another build became live. */
export const readServed = (connection: RedisConnection) => {
  /** The name of the live build as it was last seen, by view. */
  const believed = new Map<string, string>();

  const piece = async (view: string, ids: ReadonlyArray<string>): Promise<O.Option<Served>> => {
    for (;;) {
      const name = believed.get(view) ?? '';
      const build = named(view, name);
      const keys = [buildsKey(view), buildKeys(build).documents];
      const [answer, found] = items(await connection.needed((redis) => run(redis, servedScript, keys, [name, ...ids])));
      if (answer === 'Vanished') throw new Error(`Build ${build.build} of ${view} has vanished`);
      if (answer === 'Live') {
        const [, checkpoint, ...documents] = items(found);
        return O.some({
          build,
          checkpoint: Number(textOrNull(checkpoint) ?? BEGINNING),
          documents: documents.map(parsed),
        });
      }
      const live = text(found);
      if (live === '') return O.none;
      believed.set(view, live);
    }
  };

  return async (view: string, ids: ReadonlyArray<string>): Promise<O.Option<Served>> => {
    if (ids.length <= PIECE) return piece(view, ids);
    for (;;) {
      const starts = Array.from({ length: Math.ceil(ids.length / PIECE) }, (_, index) => index * PIECE);
      const pieces = await Promise.all(starts.map((from) => piece(view, ids.slice(from, from + PIECE))));
      const all = pieces.flatMap((each) => (O.isSome(each) ? [each.value] : []));
      const [first] = all;
      if (first === undefined) return O.none;
      const { version, build } = first.build;
      const isOfOneBuild = all.every((each) => each.build.version === version && each.build.build === build);
      if (all.length === pieces.length && isOfOneBuild)
        return O.some({ ...first, documents: all.flatMap(({ documents }) => documents) });
    }
  };
};
