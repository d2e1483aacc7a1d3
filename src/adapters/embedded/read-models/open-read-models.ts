import { either as E, option as O, taskEither as TE } from 'fp-ts';
import { type RootDatabase } from 'lmdb';
import { BEGINNING } from '../../../application/ports/event-store.js';
import {
  type Build,
  type IdRange,
  type Page,
  type ReadModels,
  type ServedPage,
} from '../../../application/ports/read-models.js';
import { commitDurably } from '../environment/index.js';
import { filler } from './fill.js';
import { queryPage } from './query.js';
import { registered } from './registration.js';
import { documentOf } from './stored-document.js';
import { AFTER_ALL, keyOf, openTables, type Tables } from './tables.js';
import { Watchers } from './watchers.js';
import { writer } from './write.js';
import { listedBuilds } from './listed-builds.js';
import { clearDropped, unregister } from './drop.js';

/** No id has this character, the last there is. */
const LAST = '\u{10ffff}';

interface Scanned extends Pick<IdRange, 'limit'> {
  readonly after: string | null;
  readonly prefix?: string;
}

/** One page of the documents, in order of id. Throws when LMDB does. */
const scanPage = (tables: Tables, build: number, { prefix, after, limit }: Scanned): Page => {
  if (limit < 1) return { items: [], nextCursor: null };
  const found = [
    ...tables.documents.getRange({
      start: after === null ? [build] : [build, after],
      exclusiveStart: after !== null,
      end: [build, prefix === undefined ? AFTER_ALL : prefix + LAST],
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
    scanServed: (view, range) =>
      reading(() =>
        O.map((build: Build) => {
          const id = idOf(build);
          return { build, ...(id === undefined ? NOTHING : scanPage(tables, id, range)) };
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
    scan: (build, after, limit) =>
      reading(() => {
        const id = idOf(build);
        return id === undefined ? NOTHING : scanPage(tables, id, { after, limit });
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
