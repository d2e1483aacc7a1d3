import { either as E, option as O, type taskEither as TE } from 'fp-ts';
import { BEGINNING } from '../../../../src/application/ports/event-store.js';
import {
  type Build,
  type DocumentWrite,
  type IndexEntry,
  type Page,
  type Query,
  type ReadModels,
} from '../../../../src/application/ports/read-models.js';
import { type Member } from '../member.js';
import { asking, doing, type Weather } from '../weather.js';

interface Stored {
  readonly build: Build;
  checkpoint: number;
  readonly documents: Map<string, { readonly json: string; readonly entries: ReadonlyArray<IndexEntry> }>;
}

export interface Documents {
  readonly readModelsOf: (member: Member) => ReadModels;
  /** As an earlier deployment left it: empty builds of these views are live. */
  readonly prepare: (views: ReadonlyArray<Pick<Build, 'view' | 'version'>>) => void;
  /** As FLUSHALL. */
  readonly wipe: () => void;
  /** Loses one document of those that are served. */
  readonly spoil: () => void;
}

const keyOf = ({ view, version, build }: Build): string => `${view}/${version}/${build}`;

/** Read models as maps of JSON. */
export const simulatedDocuments = (weather: Weather): Documents => {
  const { chance } = weather;
  const builds = new Map<string, Stored>();
  const live = new Map<string, Build>();
  const watchers = new Map<string, Set<() => void>>();

  const storedOf = (build: Build): Stored => {
    const stored = builds.get(keyOf(build)) ?? { build, checkpoint: BEGINNING, documents: new Map() };
    builds.set(keyOf(build), stored);
    return stored;
  };
  const documentOf = (build: Build, id: string): O.Option<unknown> => {
    const found = builds.get(keyOf(build))?.documents.get(id);
    return found === undefined ? O.none : O.some(JSON.parse(found.json));
  };
  const checkpointOf = (build: Build): number => builds.get(keyOf(build))?.checkpoint ?? BEGINNING;

  const write = (
    build: Build,
    writes: Iterable<DocumentWrite>,
    { from, to }: { readonly from: number; readonly to: number },
  ): E.Either<'CheckpointMoved', void> => {
    if (checkpointOf(build) !== from) return E.left('CheckpointMoved');
    const stored = storedOf(build);
    const changed: string[] = [];
    for (const { id, document, entries } of writes) {
      if (document === null) stored.documents.delete(id);
      else stored.documents.set(id, { json: JSON.stringify(document), entries });
      changed.push(id);
    }
    stored.checkpoint = to;
    for (const id of changed) watchers.get(`${build.view}/${id}`)?.forEach((tell) => tell());
    return E.right(undefined);
  };

  const pageOf = (build: Build, query: Query): Page => {
    const { index, key, limit, cursor, order = 'ascending', from = -Infinity, to = Infinity } = query;
    const found: Array<{ readonly id: string; readonly sort: number }> = [];
    for (const [id, { entries }] of builds.get(keyOf(build))?.documents ?? [])
      for (const entry of entries)
        if (entry.index === index && entry.key === key && entry.sort >= from && entry.sort <= to)
          found.push({ id, sort: entry.sort });
    found.sort((a, b) => a.sort - b.sort || (a.id < b.id ? -1 : 1));
    if (order === 'descending') found.reverse();
    const start = cursor === undefined ? 0 : found.findIndex(({ id, sort }) => `${sort}:${id}` === cursor) + 1;
    const page = found.slice(start, start + limit);
    const last = page.at(-1);
    const items = page.flatMap(({ id }) => {
      const document = documentOf(build, id);
      return O.isSome(document) ? [{ id, document: document.value }] : [];
    });
    const nextCursor = last !== undefined && start + limit < found.length ? `${last.sort}:${last.id}` : null;
    return { items, nextCursor };
  };
  const scan = (build: Build, afterId: string | null, limit: number, prefix = ''): Page => {
    const ids = [...(builds.get(keyOf(build))?.documents.keys() ?? [])].filter((id) => id.startsWith(prefix)).sort();
    const rest = afterId === null ? ids : ids.filter((id) => id > afterId);
    const items = rest.slice(0, limit).flatMap((id) => {
      const document = documentOf(build, id);
      return O.isSome(document) ? [{ id, document: document.value }] : [];
    });
    return { items, nextCursor: rest.length > limit ? (items.at(-1)?.id ?? null) : null };
  };

  return {
    prepare: (views) => {
      for (const { view, version } of views) live.set(view, storedOf({ view, version, build: 1 }).build);
    },
    wipe: () => {
      builds.clear();
      live.clear();
    },
    spoil: () => {
      const served = [...live.values()].flatMap((build) => {
        const { documents } = storedOf(build);
        return [...documents.keys()].map((id) => () => documents.delete(id));
      });
      served[chance.below(served.length)]?.();
    },
    readModelsOf: (member) => {
      const away = 'ReadModelsUnavailable' as const;
      // Carried out late it would be fenced: what it was computed from may be gone.
      const failures = { away, unknown: away, mayComeLate: false };
      const look = <A>(found: () => A): TE.TaskEither<'ReadModelsUnavailable', A> =>
        asking(weather, member, away, () => E.right(found()));
      const change = (make: () => void): TE.TaskEither<'ReadModelsUnavailable', void> =>
        doing(weather, member, failures, () => E.right(make()));
      return {
        served: (view, ids) =>
          look(() =>
            O.map((build: Build) => ({
              build,
              checkpoint: checkpointOf(build),
              documents: ids.map((id) => documentOf(build, id)),
            }))(O.fromNullable(live.get(view))),
          ),
        scanServed: (view, { prefix, after, limit }) =>
          look(() =>
            O.map((build: Build) => ({ build, ...scan(build, after, limit, prefix) }))(O.fromNullable(live.get(view))),
          ),
        queryServed: (view, query) =>
          query.cursor !== undefined && !/^-?[\d.e+]+:/.test(query.cursor)
            ? async () => E.left('InvalidCursor')
            : look(() => O.map((build: Build) => ({ build, ...pageOf(build, query) }))(O.fromNullable(live.get(view)))),
        getMany: (build, ids) => look(() => ids.map((id) => documentOf(build, id))),
        scan: (build, afterId, limit) => look(() => scan(build, afterId, limit)),
        write: (build, writes, checkpoint) =>
          doing<'ReadModelsUnavailable' | 'CheckpointMoved', void>(weather, member, failures, () =>
            write(build, writes, checkpoint),
          ),
        fill: (build, writes, checkpoint) =>
          doing<'ReadModelsUnavailable' | 'CheckpointMoved', void>(weather, member, failures, () =>
            write(build, writes, checkpoint),
          ),
        checkpoint: (build) => look(() => checkpointOf(build)),
        builds: (view) =>
          look(() => ({
            live: O.fromNullable(live.get(view)),
            all: [...builds.values()].map(({ build }) => build).filter((build) => build.view === view),
          })),
        flip: (build) =>
          change(() => {
            storedOf(build);
            live.set(build.view, build);
          }),
        drop: (build) =>
          change(() => {
            builds.delete(keyOf(build));
            const now = live.get(build.view);
            if (now !== undefined && keyOf(now) === keyOf(build)) live.delete(build.view);
          }),
        watch: (view, id, changed) => {
          const key = `${view}/${id}`;
          const watching = watchers.get(key) ?? new Set();
          const tell = (): void => void (member.isAlive() && changed());
          watching.add(tell);
          watchers.set(key, watching);
          return () => {
            watching.delete(tell);
            if (watching.size === 0) watchers.delete(key);
          };
        },
      };
    },
  };
};
