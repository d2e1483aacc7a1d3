import { option as O } from 'fp-ts';
import { type Build, type Page } from '../../../application/ports/read-models.js';
import { type RedisConnection } from '../connection.js';
import { items, textOrNull, texts } from '../reply.js';
import { run, script } from '../script.js';
import { type Incarnations } from './incarnations.js';
import { buildKeys, INCARNATION } from './keys.js';

/** So many in one command: a fraction of a millisecond of Redis. */
export const PIECE = 500;

export const parsed = (json: unknown): O.Option<unknown> => {
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
    const [incarnation, ...found] = items(await connection.needed((redis) => redis.hmget(key, INCARNATION, ...wanted)));
    known.check(build, textOrNull(incarnation));
    return found.map(parsed);
  };
  const starts = Array.from({ length: Math.ceil(ids.length / PIECE) }, (_, index) => index * PIECE);
  return (await Promise.all(starts.map(piece))).flat();
};

/** `page`: entries of a sorted set, and the documents they name. `before`: characters before the id in an entry. */
export const pageLua = `
local function page(documents, sorted, command, first, second, limit, before)
  local entries = redis.call(command, sorted, first, second, 'LIMIT', 0, limit)
  local found = {}
  for i, entry in ipairs(entries) do found[i] = redis.call('HGET', documents, string.sub(entry, before + 1)) end
  return entries, found
end
`;

/** As of one moment: incarnation of the build, entries, documents. KEYS: documents, sorted set. ARGV: as `page` takes them. */
const pageScript = script(`${pageLua}
local entries, found = page(KEYS[1], KEYS[2], unpack(ARGV))
return {redis.call('HGET', KEYS[1], '\\0incarnation'), entries, found}
`);

/** A part of a sorted set. */
export interface Range {
  readonly command: 'ZRANGEBYLEX' | 'ZREVRANGEBYLEX';
  readonly bounds: readonly [string, string];
  readonly limit: number;
  /** Characters before the id in an entry. */
  readonly skip: number;
}

/** What `page` takes of it: one entry more, which tells whether another page follows. */
export const argsOf = ({ command, bounds, limit, skip }: Range): ReadonlyArray<string> => [
  ...[command, ...bounds],
  ...[limit + 1, skip].map(String),
];

/** The page from what `page` has found, and the last entry where another page follows. */
export const pageOf = (
  { limit, skip }: Range,
  [entries, documents]: ReadonlyArray<unknown>,
): { readonly items: Page['items']; readonly end: string | null } => {
  const names = texts(entries);
  const page = items(documents)
    .slice(0, limit)
    .flatMap((json, index) => {
      const [document, entry] = [parsed(json), names[index]];
      return entry === undefined || O.isNone(document) ? [] : [{ id: entry.slice(skip), document: document.value }];
    });
  return { items: page, end: names.length > limit ? (names[limit - 1] ?? null) : null };
};

/** No id has this character, the last there is. */
const LAST = '\u{10ffff}';

/** Ids in order, after one of them, that begin with the prefix. */
export const behind = (after: string | null, limit: number, prefix = ''): Range => ({
  command: 'ZRANGEBYLEX',
  bounds: [after === null ? '-' : `(${after}`, prefix === '' ? '+' : `(${prefix}${LAST}`],
  limit,
  skip: 0,
});

/** Every document in order of id; the cursor is the last id. */
export const scan = async (
  connection: RedisConnection,
  known: Incarnations,
  build: Build,
  { afterId, limit }: { readonly afterId: string | null; readonly limit: number },
): Promise<Page> => {
  const range = behind(afterId, limit);
  const { documents, ids } = buildKeys(build);
  const [incarnation, ...found] = items(
    await connection.needed((redis) => run(redis, pageScript, [documents, ids], argsOf(range))),
  );
  known.check(build, textOrNull(incarnation));
  const { items: page, end } = pageOf(range, found);
  return { items: page, nextCursor: end };
};
