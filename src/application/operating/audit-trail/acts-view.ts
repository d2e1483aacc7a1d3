import { z } from 'zod';
import { liveReader, type Paged, type PageWanted } from '../../kernel/projection/live-reader.js';
import { type View } from '../../kernel/projection/view.js';
import { type Ports } from '../../ports/ports.js';
import { ACT_STREAMS, actBegun, type ActEvent, isActEvent, subjectsOf } from './acts.js';

interface ActsWanted extends PageWanted {
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

const act = actBegun.extend({
  after: z.string().nullable(),
  /** Of HTTP; null: what became of it is not known, or not yet. */
  status: z.number().nullable(),
});

/** Who of the shop changed what. */
export type Act = z.infer<typeof act>;

const apply = (known: Act | null, event: ActEvent): Act | null => {
  if (event.type === 'ActBegun') {
    const { type: _, ...begun } = event;
    return { ...begun, after: null, status: null };
  }
  return known === null ? null : { ...known, status: event.status, after: event.after };
};

/** The index of acts by subject and route, either of which may be left out. */
export const actKey = (subject: string | undefined, route: string | undefined): string =>
  JSON.stringify([subject ?? null, route ?? null]);

/** By actId; in order of time index `acts` by subject, by route, by both and by neither, and `about` by whom or what it was about. */
export const actsView: View<Act> = {
  name: 'acts',
  version: 2,
  schema: act,
  streamPrefixes: [ACT_STREAMS],
  documentIds: ({ event }) => (isActEvent(event) ? [event.actId] : []),
  creates: ({ event }) => event.type === 'ActBegun',
  fold: (known, { event }) => (isActEvent(event) ? apply(known, event) : known),
  entries: ({ subject, route, target, at }) => [
    ...[actKey(undefined, undefined), actKey(subject, undefined), actKey(undefined, route), actKey(subject, route)].map(
      (key) => ({ index: 'acts', key, sort: at }),
    ),
    ...subjectsOf(target).map((key) => ({ index: 'about', key, sort: at })),
  ],
};
