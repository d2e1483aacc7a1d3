import { option as O } from 'fp-ts';
import { type Build } from '../../../application/ports/read-models.js';
import { type RedisConnection } from '../connection.js';
import { items, texts } from '../reply.js';
import { type Incarnations } from './incarnations.js';
import { buildsKey } from './keys.js';

export const DROPPING = 'dropping';

const pairs = (flat: ReadonlyArray<string>): ReadonlyArray<readonly [string, string]> =>
  flat.flatMap((field, index) => {
    const value = flat[index + 1];
    return index % 2 === 0 && value !== undefined ? [[field, value] as const] : [];
  });

/** What the view's registry says: names of builds with their incarnation, or `dropping`; and `live`. */
export const registry = async (connection: RedisConnection, view: string): Promise<ReadonlyMap<string, string>> => {
  const reply = await connection.hot((redis) => redis.call('HGETALL', buildsKey(view)));
  return new Map(pairs(texts(items(reply))));
};

export const named = (view: string, name: string): Build => {
  const [version, build] = name.split(':').map(Number);
  return { view, version: version ?? 0, build: build ?? 0 };
};

/** From here on this process reads what is listed now: what it knew of builds that vanished is forgotten. */
export const builds = async (
  connection: RedisConnection,
  known: Incarnations,
  view: string,
): Promise<{ readonly live: O.Option<Build>; readonly all: ReadonlyArray<Build> }> => {
  const registered = await registry(connection, view);
  const there = [...registered].filter(([name, incarnation]) => name !== 'live' && incarnation !== DROPPING);
  known.listed(view, there);
  const live = registered.get('live');
  return {
    live: live === undefined ? O.none : O.some(named(view, live)),
    all: there
      .map(([name]) => named(view, name))
      .sort((one, other) => one.version - other.version || one.build - other.build),
  };
};
