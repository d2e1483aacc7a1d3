import { liveReader, type Paged, type PageWanted } from '../../kernel/projection/live-reader.js';
import { type Act, actKey, actsView } from './acts-view.js';
import { type Ports } from '../../ports/ports.js';

export interface ActsWanted extends PageWanted {
  readonly subject?: string;
  readonly route?: string;
  /** Epoch milliseconds: none before it. */
  readonly from?: number;
}

/** Acts, the newest first, page by page. */
export type FindActs = (wanted: ActsWanted) => Paged<Act>;

export const findActs = ({ readModels }: Pick<Ports, 'readModels'>): FindActs => {
  const reader = liveReader(readModels);
  return ({ subject, route, ...page }) =>
    reader.page(actsView, { index: 'acts', key: actKey(subject, route), order: 'descending', ...page });
};

/** Acts about one user or order (`subjectsOf`), the oldest first, page by page. */
export type ActsAbout = (wanted: PageWanted & { readonly subject: string }) => Paged<Act>;

export const actsAbout = ({ readModels }: Pick<Ports, 'readModels'>): ActsAbout => {
  const reader = liveReader(readModels);
  return ({ subject, ...page }) => reader.page(actsView, { index: 'about', key: subject, ...page });
};
