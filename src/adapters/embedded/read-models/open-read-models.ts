import { either as E, option as O, taskEither as TE } from 'fp-ts';
import { type Database, type Key, type RangeOptions, type RootDatabase } from 'lmdb';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { z } from 'zod';
import { BEGINNING } from '../../../application/ports/event-store.js';
import {
  type Build,
  type Page,
  type Query,
  type ReadModels,
  type ServedPage,
} from '../../../application/ports/read-models.js';
import { commitDurably } from '../environment/index.js';
import { filler } from './fill.js';
import { registered } from './registration.js';
import { documentOf } from './stored-document.js';
import { AFTER_ALL, keyOf, openTables, type Tables } from './tables.js';
import { Watchers } from './watchers.js';
import { writer } from './write.js';

/** Where the next page begins: after this entry, whether it is still there or not. */
const Place = z.tuple([z.number(), z.string()]);
type Place = z.infer<typeof Place>;

/** Safe in a URL. */
const encodeCursor = (place: Place): string => Buffer.from(JSON.stringify(place)).toString('base64url');

/** Null for what was never a cursor. */
const decodeCursor = (cursor: string): Place | null => {
  try {
    return Place.parse(JSON.parse(Buffer.from(cursor, 'base64url').toString()));
  } catch {
    return null;
  }
};

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
const queryPage = (tables: Tables, build: number, query: Query): E.Either<'InvalidCursor', Page> => {
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

interface Listed {
  readonly live: O.Option<Build>;
  readonly all: ReadonlyArray<Build>;
}

interface ListedBuilds {
  /** Throws when LMDB does. */
  readonly of: (view: string) => Listed;
  /** Whatever is asked from now on is read anew. */
  readonly forget: () => void;
}

/**
 * The builds of each view. Whoever reads a document asks for them first, hundreds in a turn of the event loop: they are read
 * once in a turn, and again after a build became live or was dropped.
 */
const listedBuilds = (tables: Tables): ListedBuilds => {
  const known = new Map<string, Listed>();
  const forget = (): void => known.clear();

  const read = (view: string): Listed => {
    const live = tables.live.get(view);
    const keys = [...tables.builds.getKeys({ start: [view], end: [view, AFTER_ALL] })];
    return {
      live: live === undefined ? O.none : O.some({ view, ...live }),
      all: keys.map(([, version, build]) => ({ view, version, build })),
    };
  };

  return {
    of: (view) => {
      const listed = known.get(view) ?? read(view);
      if (known.size === 0) setImmediate(forget);
      known.set(view, listed);
      return listed;
    },
    forget,
  };
};

/** Keys removed in one transaction: a few milliseconds, then everyone else gets a turn. */
const SLICE = 1_000;

/** In one step the build is gone for everyone; what it leaves is marked, so that a crash does not leave it for ever. */
const unregister = (root: RootDatabase<unknown>, tables: Tables, build: Build): Promise<void> =>
  commitDurably(root, () => {
    const stored = tables.builds.get(keyOf(build));
    if (stored === undefined) return;
    const live = tables.live.get(build.view);
    if (live?.version === build.version && live.build === build.build) tables.live.removeSync(build.view);
    tables.builds.removeSync(keyOf(build));
    tables.dropped.putSync(stored.id, true);
  }).committed;

/** Removes what dropped builds left, slice by slice, until there is nothing or `stopped`. */
const clearDropped = async (root: RootDatabase<unknown>, tables: Tables, stopped: () => boolean): Promise<void> => {
  const clear = async <K extends Key[]>(table: Database<string, K>, id: number): Promise<void> => {
    while (!stopped()) {
      const keys = [...table.getKeys({ start: [id], end: [id, AFTER_ALL], limit: SLICE })];
      if (keys.length === 0) return;
      await commitDurably(root, () => keys.forEach((key) => table.removeSync(key))).committed;
      await nextTurn();
    }
  };
  for (const id of [...tables.dropped.getKeys()]) {
    await clear(tables.entries, id);
    await clear(tables.documents, id);
    if (!stopped()) await commitDurably(root, () => tables.dropped.removeSync(id)).committed;
  }
};

/** One page of all documents, in order of id. Throws when LMDB does. */
const scanPage = (tables: Tables, build: number, afterId: string | null, limit: number): Page => {
  if (limit < 1) return { items: [], nextCursor: null };
  const found = [
    ...tables.documents.getRange({
      start: afterId === null ? [build] : [build, afterId],
      exclusiveStart: afterId !== null,
      end: [build, AFTER_ALL],
      limit: limit + 1,
    }),
  ];
  const items = found.slice(0, limit).map(({ key, value }) => ({ id: key[1], document: documentOf(value) }));
  return { items, nextCursor: found.length > limit ? (items.at(-1)?.id ?? null) : null };
};

export interface EmbeddedReadModels extends ReadModels {
  /** Waits until nothing is being dropped any more; what is left of it goes on at the next start. The environment stays open. */
  readonly close: () => Promise<void>;
}

const unavailable = (): 'ReadModelsUnavailable' => 'ReadModelsUnavailable';
const reading = <A>(read: () => A): TE.TaskEither<'ReadModelsUnavailable', A> =>
  TE.fromIOEither(() => E.tryCatch(read, unavailable));
const NOTHING: Page = { items: [], nextCursor: null };

/** The read models in the data directory. Reading is synchronous underneath and costs microseconds. */
export const openReadModels = (root: RootDatabase<unknown>): EmbeddedReadModels => {
  const tables = openTables(root);
  const watchers = new Watchers();
  const builds = listedBuilds(tables);
  let closed = false;
  let clearing: Promise<void> = Promise.resolve();

  const idOf = (build: Build): number | undefined => tables.builds.get(keyOf(build))?.id;
  const documentIn = (id: number | undefined, documentId: string): O.Option<unknown> => {
    const stored = id === undefined ? undefined : tables.documents.get([id, documentId]);
    return stored === undefined ? O.none : O.some(documentOf(stored));
  };
  /** One at a time, and each removes what all before it left. */
  const clear = (): Promise<void> => {
    const next = clearing.then(() => clearDropped(root, tables, () => closed));
    clearing = next.catch(() => undefined);
    return next;
  };
  void clear().catch(() => undefined);

  return {
    served: (view, ids) =>
      reading(() =>
        O.map((build: Build) => {
          const stored = tables.builds.get(keyOf(build));
          const documents = ids.map((id) => documentIn(stored?.id, id));
          return { build, checkpoint: stored?.checkpoint ?? BEGINNING, documents };
        })(builds.of(view).live),
      ),
    scanServed: (view, afterId, limit) =>
      reading(() =>
        O.map((build: Build) => {
          const id = idOf(build);
          return { build, ...(id === undefined ? NOTHING : scanPage(tables, id, afterId, limit)) };
        })(builds.of(view).live),
      ),
    queryServed: (view, query) =>
      TE.flatMapEither((found: E.Either<'InvalidCursor', O.Option<ServedPage>>) => found)(
        reading(() => {
          const { live } = builds.of(view);
          if (O.isNone(live)) return E.right(live);
          const [build, id] = [live.value, idOf(live.value)];
          const page = id === undefined ? E.right(NOTHING) : queryPage(tables, id, query);
          return E.map((found: Page) => O.some({ build, ...found }))(page);
        }),
      ),
    getMany: (build, ids) =>
      reading(() => {
        const found = idOf(build);
        return ids.map((id) => documentIn(found, id));
      }),
    scan: (build, afterId, limit) =>
      reading(() => {
        const id = idOf(build);
        return id === undefined ? NOTHING : scanPage(tables, id, afterId, limit);
      }),
    write: writer(root, tables, watchers),
    fill: filler(root, tables),
    checkpoint: (build) => reading(() => tables.builds.get(keyOf(build))?.checkpoint ?? BEGINNING),
    builds: (view) => reading(() => builds.of(view)),
    flip: (build) =>
      TE.tryCatch(async () => {
        const { view, version, build: number } = build;
        try {
          await commitDurably(root, () => {
            registered(tables, build);
            tables.live.putSync(view, { version, build: number });
          }).committed;
        } finally {
          // What failed may stand all the same.
          builds.forget();
          watchers.allChanged(view);
        }
      }, unavailable),
    drop: (build) =>
      TE.tryCatch(async () => {
        try {
          await unregister(root, tables, build);
        } finally {
          builds.forget();
          void clear().catch(() => undefined);
        }
      }, unavailable),
    watch: (view, id, changed) => watchers.add(view, id, changed),
    close: async () => {
      closed = true;
      await clearing;
    },
  };
};
