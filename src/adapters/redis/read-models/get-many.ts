import { option as O } from 'fp-ts';
import { type Build } from '../../../application/ports/read-models.js';
import { type RedisConnection } from '../connection.js';
import { items, textOrNull } from '../reply.js';
import { type Incarnations } from './incarnations.js';
import { buildKeys, INCARNATION } from './keys.js';

const PIECE = 500;

const parsed = (json: unknown): O.Option<unknown> => {
  const text = textOrNull(json);
  return text === null ? O.none : O.some(JSON.parse(text));
};

/** Documents in the order of `ids`, from the incarnation of the build this process knows. */
export const getMany = async (
  connection: RedisConnection,
  known: Incarnations,
  build: Build,
  ids: ReadonlyArray<string>,
): Promise<ReadonlyArray<O.Option<unknown>>> => {
  const key = buildKeys(build).documents;
  const piece = async (from: number): Promise<ReadonlyArray<O.Option<unknown>>> => {
    const wanted = ids.slice(from, from + PIECE);
    const [incarnation, ...found] = items(await connection.hot((redis) => redis.hmget(key, INCARNATION, ...wanted)));
    known.check(build, textOrNull(incarnation));
    return found.map(parsed);
  };
  const starts = Array.from({ length: Math.ceil(ids.length / PIECE) }, (_, index) => index * PIECE);
  return (await Promise.all(starts.map(piece))).flat();
};
