import { z } from 'zod';
import { type View } from '../../kernel/projection/view.js';
import { subjectsOf } from './subjects.js';
import { ACT_STREAMS, actBegun, type ActEvent, isActEvent } from './acts.js';

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
