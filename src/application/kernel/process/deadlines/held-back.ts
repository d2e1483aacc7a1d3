import { type Deadline } from './deadline.js';

/** What was tried a moment ago is not tried at once again: its events are on their way, or its engine is away. */
export interface HeldBack {
  readonly isHeldBack: (deadline: Deadline, now: number) => boolean;
  /** `at` is exact, and no failure; without it the pause grows with every try. */
  readonly holdBack: (deadline: Deadline, now: number, at?: number) => void;
  /** Held back for as long as it is being carried out. */
  readonly begin: (deadline: Deadline) => void;
  /** The earliest moment at which one of them may be tried again; Infinity when there is none. */
  readonly earliest: () => number;
  /** What is neither due any more nor being carried out is forgotten. */
  readonly keepOnly: (due: ReadonlyArray<Deadline>) => void;
  readonly forgetAll: () => void;
}

const FIRST_MS = 1_000;
const LONGEST_MS = 60_000;

/** One that was moved is another deadline: it starts anew. */
const keyOf = ({ id, dueAt }: Deadline): string => `${dueAt}/${id}`;

export const heldBack = (): HeldBack => {
  const tried = new Map<string, { readonly until: number; readonly tries: number }>();
  return {
    isHeldBack: (deadline, now) => (tried.get(keyOf(deadline))?.until ?? 0) > now,
    begin: (deadline) => {
      const tries = tried.get(keyOf(deadline))?.tries ?? 0;
      tried.set(keyOf(deadline), { until: Infinity, tries });
    },
    holdBack: (deadline, now, at) => {
      const tries = tried.get(keyOf(deadline))?.tries ?? 0;
      const until = at ?? now + Math.min(FIRST_MS * 2 ** tries, LONGEST_MS);
      tried.set(keyOf(deadline), { until, tries: at === undefined ? tries + 1 : tries });
    },
    earliest: () => {
      let earliest = Infinity;
      for (const { until } of tried.values()) earliest = Math.min(earliest, until);
      return earliest;
    },
    keepOnly: (due) => {
      const keys = new Set(due.map(keyOf));
      for (const [key, { until }] of tried) if (!keys.has(key) && until !== Infinity) tried.delete(key);
    },
    forgetAll: () => tried.clear(),
  };
};
