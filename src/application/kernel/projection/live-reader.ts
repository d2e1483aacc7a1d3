import { either as E, option as O, taskEither as TE } from 'fp-ts';
import { type Query, type ReadModels, type Served } from '../../ports/read-models.js';
import { type View } from './view.js';

export interface LivePage<Doc> {
  readonly items: ReadonlyArray<Doc>;
  readonly nextCursor: string | null;
}

/** What a page is asked for with: at most so many, from behind the page that told the cursor. */
export interface PageWanted {
  readonly limit: number;
  readonly cursor?: string;
}

/** A list, page by page. 'INVALID_CURSOR': it is of no page before. */
export type Paged<Doc> = TE.TaskEither<{ readonly code: 'UNAVAILABLE' | 'INVALID_CURSOR' }, LivePage<Doc>>;

type ServedView = Pick<View<object>, 'name' | 'version'>;
type Answer<A> = TE.TaskEither<'ReadModelsUnavailable', A>;
type Pages<Doc> = AsyncGenerator<E.Either<'ReadModelsUnavailable', ReadonlyArray<Doc>>, void>;

/** What is needed to read a view, without how it is folded. */
export type ReadableView<Doc extends object> = Pick<View<Doc>, 'name' | 'version' | 'schema'>;

/** Reads what is served now. 'ReadModelsUnavailable' also while no build of this version is live yet. */
export interface LiveReader {
  readonly get: <Doc extends object>(view: ReadableView<Doc>, id: string) => Answer<O.Option<Doc>>;
  readonly getMany: <Doc extends object>(
    view: ReadableView<Doc>,
    ids: ReadonlyArray<string>,
  ) => Answer<ReadonlyArray<O.Option<Doc>>>;
  /**
   * Those whose id begins with `prefix`, in order of id, all or the first `most`: for a few that lie side by side. With `after`
   * those behind the one whose id goes on with it.
   */
  readonly within: <Doc extends object>(
    view: ReadableView<Doc>,
    prefix: string,
    most?: number,
    after?: string,
  ) => Answer<ReadonlyArray<Doc>>;
  /** For cursors it gave itself. */
  readonly query: <Doc extends object>(view: ReadableView<Doc>, query: Query) => Answer<LivePage<Doc>>;
  /** All there is of an index, page by page; the last is one that cannot be read, where there is one. */
  readonly pages: <Doc extends object>(view: ReadableView<Doc>, query: Query) => Pages<Doc>;
  /** For a cursor that comes from outside and may be anything. */
  readonly page: <Doc extends object>(view: ReadableView<Doc>, query: Query) => Paged<Doc>;
}

/** Documents in one call. Most prefixes have fewer. */
const PAGE = 100;

const within =
  (
    readModels: ReadModels,
    { name, version }: ServedView,
    { prefix, most, from }: { readonly prefix: string; readonly most: number; readonly from: string },
  ): Answer<ReadonlyArray<unknown>> =>
  async () => {
    const found: unknown[] = [];
    for (let after = prefix + from; ;) {
      const limit = Math.min(PAGE, most - found.length);
      const page = await readModels.scanServed(name, { prefix, after, limit })();
      if (E.isLeft(page)) return page;
      if (O.isNone(page.right) || page.right.value.build.version !== version) return E.left('ReadModelsUnavailable');
      const { items, nextCursor } = page.right.value;
      found.push(...items.map(({ document }) => document));
      if (nextCursor === null || found.length >= most) return E.right(found);
      after = nextCursor;
    }
  };

export const liveReader = (readModels: ReadModels): LiveReader => {
  const served = (view: ServedView, ids: ReadonlyArray<string>): Answer<ReadonlyArray<O.Option<unknown>>> =>
    TE.flatMapEither((found: O.Option<Served>) =>
      O.isSome(found) && found.value.build.version === view.version
        ? E.right(found.value.documents)
        : E.left('ReadModelsUnavailable' as const),
    )(readModels.served(view.name, ids));

  const page: LiveReader['page'] = (view, query) => async () => {
    const found = await readModels.queryServed(view.name, query)();
    if (E.isLeft(found)) return E.left({ code: found.left === 'InvalidCursor' ? 'INVALID_CURSOR' : 'UNAVAILABLE' });
    if (O.isNone(found.right) || found.right.value.build.version !== view.version)
      return E.left({ code: 'UNAVAILABLE' });
    const { items, nextCursor } = found.right.value;
    return E.right({ items: items.map(({ document }) => view.schema.parse(document)), nextCursor });
  };

  const query: LiveReader['query'] = (view, asked) =>
    TE.mapLeft(() => 'ReadModelsUnavailable' as const)(page(view, asked));

  async function* pages<Doc extends object>(view: ReadableView<Doc>, asked: Query): Pages<Doc> {
    for (let cursor: string | null = null; ;) {
      const found: E.Either<'ReadModelsUnavailable', LivePage<Doc>> = await query(view, {
        ...asked,
        ...(cursor !== null && { cursor }),
      })();
      if (E.isLeft(found)) return yield found;
      yield E.right(found.right.items);
      cursor = found.right.nextCursor;
      if (cursor === null) return;
    }
  }

  return {
    get: (view, id) =>
      TE.map(([found = O.none]: ReadonlyArray<O.Option<unknown>>) =>
        O.map((document: unknown) => view.schema.parse(document))(found),
      )(served(view, [id])),
    getMany: (view, ids) =>
      TE.map((found: ReadonlyArray<O.Option<unknown>>) => found.map(O.map((document) => view.schema.parse(document))))(
        served(view, ids),
      ),
    within: (view, prefix, most = Infinity, after = '') =>
      TE.map((found: ReadonlyArray<unknown>) => found.map((document) => view.schema.parse(document)))(
        within(readModels, view, { prefix, most, from: after }),
      ),
    query,
    pages,
    page,
  };
};
