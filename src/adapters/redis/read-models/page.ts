import { either as E, option as O } from 'fp-ts';
import { type Build, type Page, type Query } from '../../../application/ports/read-models.js';
import { type RedisConnection } from '../connection.js';
import { items, textOrNull, texts } from '../reply.js';
import { run, script } from '../script.js';
import { type Incarnations } from './incarnations.js';
import { buildKeys, indexSuffix, INCARNATION } from './keys.js';
import { SORT_LENGTH, sortable } from './sortable.js';

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

/**
 * One page of a sorted set and the documents it names, as of one moment: incarnation of the build, entries, documents.
 * KEYS: documents, sorted set. ARGV: command, first bound, second bound, limit, characters before the id in an entry.
 */
const pageScript = script(`
local found = redis.call(ARGV[1], KEYS[2], ARGV[2], ARGV[3], 'LIMIT', 0, ARGV[4])
local skip = tonumber(ARGV[5]) + 1
local documents = {}
for i, entry in ipairs(found) do documents[i] = redis.call('HGET', KEYS[1], string.sub(entry, skip)) end
return {redis.call('HGET', KEYS[1], '\\0incarnation'), found, documents}
`);

interface Range {
  readonly key: string;
  readonly command: 'ZRANGEBYLEX' | 'ZREVRANGEBYLEX';
  readonly bounds: readonly [string, string];
  readonly limit: number;
  /** Characters before the id in an entry. */
  readonly skip: number;
}

const readPage = async (
  connection: RedisConnection,
  known: Incarnations,
  build: Build,
  { key, command, bounds, limit, skip }: Range,
): Promise<{ readonly entries: ReadonlyArray<string>; readonly items: Page['items']; readonly more: boolean }> => {
  const keys = [buildKeys(build).documents, key];
  const args = [command, ...bounds, limit + 1, skip];
  const [incarnation, found, documents] = items(await connection.needed((redis) => run(redis, pageScript, keys, args)));
  known.check(build, textOrNull(incarnation));
  const entries = texts(found);
  const page = items(documents)
    .slice(0, limit)
    .flatMap((json, index) => {
      const text = textOrNull(json);
      const entry = entries[index];
      const document: unknown = text === null ? null : JSON.parse(text);
      return entry === undefined || text === null ? [] : [{ id: entry.slice(skip), document }];
    });
  return { entries: entries.slice(0, limit), items: page, more: entries.length > limit };
};

const encoded = (entry: string): string => Buffer.from(entry).toString('base64url');

/** Null for a cursor that was never given. */
const decoded = (cursor: string): string | null => {
  const entry = Buffer.from(cursor, 'base64url').toString();
  return /^[0-9a-f]{16}:/.test(entry) && encoded(entry) === cursor ? entry : null;
};

/** Entries of one key in order of sort, then id. A cursor names the last entry seen, so nothing is skipped or repeated by changes between. */
export const query = async (
  connection: RedisConnection,
  known: Incarnations,
  build: Build,
  { index, key, limit, cursor, order = 'ascending', from, to }: Query,
): Promise<E.Either<'InvalidCursor', Page>> => {
  const last = cursor === undefined ? undefined : decoded(cursor);
  if (last === null) return E.left('InvalidCursor');
  const seen = last === undefined ? undefined : `(${last}`;
  const lowest = from === undefined ? '-' : `[${sortable(from)}`;
  // ';' follows ':', so this bound is behind every entry of that sort.
  const highest = to === undefined ? '+' : `(${sortable(to)};`;
  const page = await readPage(connection, known, build, {
    key: buildKeys(build).index + indexSuffix(index, key),
    command: order === 'ascending' ? 'ZRANGEBYLEX' : 'ZREVRANGEBYLEX',
    bounds: order === 'ascending' ? [seen ?? lowest, highest] : [seen ?? highest, lowest],
    limit,
    skip: SORT_LENGTH,
  });
  const end = page.entries.at(-1);
  return E.right({ items: page.items, nextCursor: page.more && end !== undefined ? encoded(end) : null });
};

/** Every document in order of id; the cursor is the last id. */
export const scan = async (
  connection: RedisConnection,
  known: Incarnations,
  build: Build,
  { afterId, limit }: { readonly afterId: string | null; readonly limit: number },
): Promise<Page> => {
  const page = await readPage(connection, known, build, {
    key: buildKeys(build).ids,
    command: 'ZRANGEBYLEX',
    bounds: [afterId === null ? '-' : `(${afterId}`, '+'],
    limit,
    skip: 0,
  });
  return { items: page.items, nextCursor: page.more ? (page.entries.at(-1) ?? null) : null };
};
