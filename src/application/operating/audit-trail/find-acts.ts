import { either as E, taskEither as TE } from 'fp-ts';
import { liveReader, type LivePage } from '../../kernel/projection/live-reader.js';
import { type Act, actKey, actsView } from './acts-view.js';
import { type Ports } from '../../ports/ports.js';

export interface ActsWanted {
  readonly subject?: string;
  readonly route?: string;
  /** Epoch milliseconds: none before it. */
  readonly from?: number;
  readonly limit: number;
  readonly cursor?: string;
}

export type ActsPage = LivePage<Act>;

/** Acts, the newest first, page by page. 'INVALID_CURSOR': it is of no page before. */
export type FindActs = (
  wanted: ActsWanted,
) => TE.TaskEither<{ readonly code: 'UNAVAILABLE' | 'INVALID_CURSOR' }, ActsPage>;

export const findActs = ({ readModels }: Pick<Ports, 'readModels'>): FindActs => {
  const reader = liveReader(readModels);
  return ({ subject, route, ...page }) =>
    async () => {
      const query = { index: 'acts', key: actKey(subject, route), order: 'descending', ...page } as const;
      const found = await reader.page(actsView, query)();
      if (E.isRight(found)) return found;
      return E.left({ code: found.left === 'InvalidCursor' ? 'INVALID_CURSOR' : 'UNAVAILABLE' });
    };
};

/** Acts about one user or order (`subjectsOf`), the oldest first, page by page. */
export type ActsAbout = (wanted: {
  readonly subject: string;
  readonly limit: number;
  readonly cursor?: string;
}) => ReturnType<FindActs>;

export const actsAbout = ({ readModels }: Pick<Ports, 'readModels'>): ActsAbout => {
  const reader = liveReader(readModels);
  return ({ subject, ...page }) =>
    TE.mapLeft((error: 'ReadModelsUnavailable' | 'InvalidCursor') => ({
      code: error === 'InvalidCursor' ? ('INVALID_CURSOR' as const) : ('UNAVAILABLE' as const),
    }))(reader.page(actsView, { index: 'about', key: subject, ...page }));
};
