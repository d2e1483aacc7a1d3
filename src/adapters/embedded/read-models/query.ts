import { either as E } from 'fp-ts';
import { type RangeOptions } from 'lmdb';
import { z } from 'zod';
import { jsonOf } from '../../../application/kernel/json-of.js';
import { type Page, type Query } from '../../../application/ports/read-models.js';
import { documentOf } from './stored-document.js';
import { AFTER_ALL, type Tables } from './tables.js';

/** Where the next page begins: after this entry, whether it is still there or not. */
const Place = z.tuple([z.number(), z.string()]);
type Place = z.infer<typeof Place>;

/** Safe in a URL. */
const encodeCursor = (place: Place): string => Buffer.from(JSON.stringify(place)).toString('base64url');

/** Null for what was never a cursor. */
const decodeCursor = (cursor: string): Place | null =>
  Place.safeParse(jsonOf(Buffer.from(cursor, 'base64url').toString())).data ?? null;

const EMPTY: Page = { items: [], nextCursor: null };

const rangeOf = (build: number, query: Query, after: Place | null): RangeOptions => {
  const { index, key, from = -Infinity, to = Infinity } = query;
  const low = [build, index, key, from];
  const high = [build, index, key, to, AFTER_ALL];
  const place = after === null ? null : [build, index, key, ...after];
  return query.order === 'descending'
    ? { start: place ?? high, exclusiveStart: place !== null, end: low, reverse: true }
    : { start: place ?? low, exclusiveStart: place !== null, end: high };
};

/** One page of an index. Throws when LMDB does. */
export const queryPage = (tables: Tables, build: number, query: Query): E.Either<'InvalidCursor', Page> => {
  const after = query.cursor === undefined ? null : decodeCursor(query.cursor);
  if (query.cursor !== undefined && after === null) return E.left('InvalidCursor');
  if (query.limit < 1) return E.right(EMPTY);
  const places: Place[] = [];
  for (const [, , , sort, id] of tables.entries.getKeys({
    ...rangeOf(build, query, after),
    limit: query.limit + 1,
  }))
    places.push([sort, id]);
  const page = places.slice(0, query.limit);
  const last = page.at(-1);
  return E.right({
    items: page.flatMap(([, id]) => {
      const stored = tables.documents.get([build, id]);
      return stored === undefined ? [] : [{ id, document: documentOf(stored) }];
    }),
    nextCursor: last === undefined || places.length === page.length ? null : encodeCursor(last),
  });
};
