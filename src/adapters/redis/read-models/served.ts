import { either as E, option as O } from 'fp-ts';
import { BEGINNING } from '../../../application/ports/event-store.js';
import {
  type Build,
  type IdRange,
  type Query,
  type Served,
  type ServedPage,
} from '../../../application/ports/read-models.js';
import { type RedisConnection } from '../connection.js';
import { items, text, textOrNull } from '../reply.js';
import { run, type Script, script } from '../script.js';
import { named } from './builds.js';
import { type BuildKeys, buildKeys, buildsKey, indexSuffix } from './keys.js';
import { argsOf, behind, pageLua, pageOf, parsed, PIECE, type Range } from './page.js';
import { SORT_LENGTH, sortable } from './sortable.js';

/** A cursor is the last entry seen, so nothing is skipped or repeated by changes between pages. */
const cursorOf = (entry: string): string => Buffer.from(entry).toString('base64url');

/** Null for a cursor that was never given. */
const entryOf = (cursor: string): string | null => {
  const entry = Buffer.from(cursor, 'base64url').toString();
  return /^[0-9a-f]{16}:/.test(entry) && cursorOf(entry) === cursor ? entry : null;
};

/** Entries of one key in order of sort, then id. Null for a cursor that was never given. */
const indexRange = ({ limit, cursor, order = 'ascending', from, to }: Query): Range | null => {
  const last = cursor === undefined ? undefined : entryOf(cursor);
  if (last === null) return null;
  const seen = last === undefined ? undefined : `(${last}`;
  const lowest = from === undefined ? '-' : `[${sortable(from)}`;
  // ';' follows ':', so this bound is behind every entry of that sort.
  const highest = to === undefined ? '+' : `(${sortable(to)};`;
  return order === 'ascending'
    ? { command: 'ZRANGEBYLEX', bounds: [seen ?? lowest, highest], limit, skip: SORT_LENGTH }
    : { command: 'ZREVRANGEBYLEX', bounds: [seen ?? highest, lowest], limit, skip: SORT_LENGTH };
};

/** Runs only if the build that is believed to be live still is. KEYS: builds, documents, a sorted set. ARGV: its name, then what is asked for. */
const ofLive = (lua: string): Script =>
  script(`
local live, incarnation = unpack(redis.call('HMGET', KEYS[1], 'live', ARGV[1]))
if live ~= ARGV[1] then return {'Other', live or ''} end
${lua}`);

/** ARGV: ids. */
const servedScript = ofLive(`
local found = redis.call('HMGET', KEYS[2], '\\0incarnation', '\\0checkpoint', unpack(ARGV, 2))
if found[1] ~= incarnation then return {'Vanished'} end
return {'Live', found}
`);

/** ARGV: as `page` takes them. */
const pageScript = ofLive(`${pageLua}
if redis.call('HGET', KEYS[2], '\\0incarnation') ~= incarnation then return {'Vanished'} end
return {'Live', page(KEYS[2], KEYS[3], unpack(ARGV, 2))}
`);

interface Asked {
  readonly args: ReadonlyArray<string>;
  /** The one that is read. Default: all ids. */
  readonly sortedSet?: (keys: BuildKeys) => string;
}

/** One round trip each, but for the first of a view and the first after another build became live. */
export const readServed = (connection: RedisConnection) => {
  /** The name of the live build as it was last seen, by view. */
  const believed = new Map<string, string>();

  const ask = async <A>(
    view: string,
    lua: Script,
    { args, sortedSet = ({ ids }) => ids }: Asked,
    read: (build: Build, found: ReadonlyArray<unknown>) => A,
  ): Promise<O.Option<A>> => {
    for (;;) {
      const name = believed.get(view) ?? '';
      const build = named(view, name);
      const of = buildKeys(build);
      const keys = [buildsKey(view), of.documents, sortedSet(of)];
      const [answer, ...found] = items(await connection.needed((redis) => run(redis, lua, keys, [name, ...args])));
      if (answer === 'Vanished') throw new Error(`Build ${build.build} of ${view} has vanished`);
      if (answer === 'Live') return O.some(read(build, found));
      const live = text(found[0]);
      if (live === '') return O.none;
      believed.set(view, live);
    }
  };

  const piece = (view: string, ids: ReadonlyArray<string>): Promise<O.Option<Served>> =>
    ask(view, servedScript, { args: ids }, (build, [found]) => {
      const [, checkpoint, ...documents] = items(found);
      return { build, checkpoint: Number(textOrNull(checkpoint) ?? BEGINNING), documents: documents.map(parsed) };
    });

  const served = async (view: string, ids: ReadonlyArray<string>): Promise<O.Option<Served>> => {
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

  const page = (
    view: string,
    sortedSet: (keys: BuildKeys) => string,
    range: Range,
    cursor: (end: string) => string,
  ): Promise<O.Option<ServedPage>> =>
    ask(view, pageScript, { sortedSet, args: argsOf(range) }, (build, found) => {
      const { items: page, end } = pageOf(range, found);
      return { build, items: page, nextCursor: end === null ? null : cursor(end) };
    });

  const scanServed = (view: string, { prefix, after, limit }: IdRange): Promise<O.Option<ServedPage>> =>
    page(
      view,
      ({ ids }) => ids,
      behind(after, limit, prefix),
      (id) => id,
    );

  const queryServed = async (view: string, query: Query): Promise<E.Either<'InvalidCursor', O.Option<ServedPage>>> => {
    const range = indexRange(query);
    if (range === null) return E.left('InvalidCursor');
    const suffix = indexSuffix(query.index, query.key);
    return E.right(await page(view, ({ index }) => index + suffix, range, cursorOf));
  };

  return { served, scanServed, queryServed };
};
