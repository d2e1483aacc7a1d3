import { either as E, option as O, taskEither as TE } from 'fp-ts';
import { BEGINNING } from '../../../src/application/ports/event-store.js';
import {
  type Build,
  type DocumentWrite,
  type IndexEntry,
  type Page,
  type Query,
  type ReadModels,
  type Served,
  type IdRange,
  type ServedPage,
} from '../../../src/application/ports/read-models.js';

interface Stored {
  readonly build: Build;
  checkpoint: number;
  readonly documents: Map<string, { readonly json: string; readonly entries: ReadonlyArray<IndexEntry> }>;
}

const keyOf = ({ view, version, build }: Build): string => `${view}/${version}/${build}`;

type Answer<A> = TE.TaskEither<'ReadModelsUnavailable', A>;

/** Read models as maps of JSON, with a switch to take them away and a hook that runs before every write. */
export class InMemoryReadModels implements ReadModels {
  readonly #builds = new Map<string, Stored>();
  readonly #live = new Map<string, Build>();
  readonly #watchers = new Map<string, Set<() => void>>();
  /** While true every call answers ReadModelsUnavailable. */
  unavailable = false;
  /** Runs before every write, for racing it. */
  beforeWrite: (build: Build) => Promise<void> | void = () => undefined;

  readonly served = (view: string, ids: ReadonlyArray<string>): Answer<O.Option<Served>> =>
    this.#answer(() =>
      O.map((build: Build) => ({
        build,
        checkpoint: this.#builds.get(keyOf(build))?.checkpoint ?? BEGINNING,
        documents: ids.map((id) => this.#document(build, id)),
      }))(O.fromNullable(this.#live.get(view))),
    );

  readonly scanServed = (view: string, { prefix, after, limit }: IdRange): Answer<O.Option<ServedPage>> =>
    this.#answer(() =>
      O.map((build: Build) => ({ build, ...this.#scanned(build, after, limit, prefix) }))(
        O.fromNullable(this.#live.get(view)),
      ),
    );

  readonly getMany = (build: Build, ids: ReadonlyArray<string>): Answer<ReadonlyArray<O.Option<unknown>>> =>
    this.#answer(() => ids.map((id) => this.#document(build, id)));

  readonly queryServed: ReadModels['queryServed'] = (view, query) =>
    query.cursor !== undefined && !/^-?[\d.e+]+:/.test(query.cursor)
      ? TE.left('InvalidCursor')
      : this.#answer(() =>
          O.map((build: Build) => ({ build, ...this.#page(build, query) }))(O.fromNullable(this.#live.get(view))),
        );

  readonly #page = (build: Build, query: Query): Page => {
    const { index, key, limit, cursor, order = 'ascending', from = -Infinity, to = Infinity } = query;
    const found = [...(this.#builds.get(keyOf(build))?.documents ?? [])]
      .flatMap(([id, { entries }]) =>
        entries
          .filter((entry) => entry.index === index && entry.key === key && entry.sort >= from && entry.sort <= to)
          .map(({ sort }) => ({ id, sort })),
      )
      .sort((a, b) => a.sort - b.sort || (a.id < b.id ? -1 : 1));
    if (order === 'descending') found.reverse();
    const start = cursor === undefined ? 0 : found.findIndex(({ id, sort }) => `${sort}:${id}` === cursor) + 1;
    const page = found.slice(start, start + limit);
    const last = page.at(-1);
    return {
      items: page.flatMap(({ id }) => {
        const document = this.#document(build, id);
        return O.isSome(document) ? [{ id, document: document.value }] : [];
      }),
      nextCursor: last !== undefined && start + limit < found.length ? `${last.sort}:${last.id}` : null,
    };
  };

  readonly #scanned = (build: Build, afterId: string | null, limit: number, prefix = ''): Page => {
    const all = [...(this.#builds.get(keyOf(build))?.documents.keys() ?? [])].sort();
    const ids = all.filter((id) => id.startsWith(prefix));
    const rest = afterId === null ? ids : ids.filter((id) => id > afterId);
    const page = rest.slice(0, limit);
    return {
      items: page.flatMap((id) => {
        const document = this.#document(build, id);
        return O.isSome(document) ? [{ id, document: document.value }] : [];
      }),
      nextCursor: rest.length > limit ? (page.at(-1) ?? null) : null,
    };
  };

  readonly scan = (build: Build, afterId: string | null, limit: number): Answer<Page> =>
    this.#answer(() => this.#scanned(build, afterId, limit));

  readonly write =
    (
      build: Build,
      writes: ReadonlyArray<DocumentWrite>,
      checkpoint: { readonly from: number; readonly to: number },
    ): TE.TaskEither<'ReadModelsUnavailable' | 'CheckpointMoved', void> =>
    async () => {
      await this.beforeWrite(build);
      if (this.unavailable) return E.left('ReadModelsUnavailable');
      if ((this.#builds.get(keyOf(build))?.checkpoint ?? BEGINNING) !== checkpoint.from)
        return E.left('CheckpointMoved');
      const stored = this.#stored(build);
      for (const { id, document, entries } of writes)
        if (document === null) stored.documents.delete(id);
        else stored.documents.set(id, { json: JSON.stringify(document), entries });
      stored.checkpoint = checkpoint.to;
      for (const { id } of writes) this.#watchers.get(`${build.view}/${id}`)?.forEach((changed) => changed());
      return E.right(undefined);
    };

  readonly fill: ReadModels['fill'] = (build, writes, checkpoint) => this.write(build, [...writes], checkpoint);

  readonly checkpoint = (build: Build): Answer<number> =>
    this.#answer(() => this.#builds.get(keyOf(build))?.checkpoint ?? BEGINNING);

  readonly builds = (view: string): Answer<{ live: O.Option<Build>; all: ReadonlyArray<Build> }> =>
    this.#answer(() => ({
      live: O.fromNullable(this.#live.get(view)),
      all: [...this.#builds.values()].map(({ build }) => build).filter((build) => build.view === view),
    }));

  readonly flip = (build: Build): Answer<void> =>
    this.#answer(() => {
      this.#stored(build);
      this.#live.set(build.view, build);
    });

  readonly drop = (build: Build): Answer<void> =>
    this.#answer(() => {
      this.#builds.delete(keyOf(build));
      const live = this.#live.get(build.view);
      if (live !== undefined && keyOf(live) === keyOf(build)) this.#live.delete(build.view);
    });

  readonly watch = (view: string, id: string, changed: () => void): (() => void) => {
    const key = `${view}/${id}`;
    const watchers = this.#watchers.get(key) ?? new Set();
    watchers.add(changed);
    this.#watchers.set(key, watchers);
    return () => {
      watchers.delete(changed);
      if (watchers.size === 0) this.#watchers.delete(key);
    };
  };

  /** How many are waiting for a change: none may be left behind. */
  get watching(): number {
    return this.#watchers.size;
  }

  #stored(build: Build): Stored {
    const stored = this.#builds.get(keyOf(build)) ?? { build, checkpoint: BEGINNING, documents: new Map() };
    this.#builds.set(keyOf(build), stored);
    return stored;
  }

  #document(build: Build, id: string): O.Option<unknown> {
    const found = this.#builds.get(keyOf(build))?.documents.get(id);
    return found === undefined ? O.none : O.some(JSON.parse(found.json));
  }

  #answer<A>(work: () => A): Answer<A> {
    return async () => (this.unavailable ? E.left('ReadModelsUnavailable') : E.right(work()));
  }
}
