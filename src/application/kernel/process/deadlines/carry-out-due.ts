import { either as E } from 'fp-ts';
import { orInterrupt } from '../../projection/interrupted.js';
import { liveReader } from '../../projection/live-reader.js';
import { type View } from '../../projection/view.js';
import { boundedTasks } from './bounded-tasks.js';
import { type CarriedOut, type Deadline, type DeadlineHandler, type NotCarriedOut } from './deadline.js';
import { type PacedView, type Pacing, pacing, type PacingPorts } from './pacing.js';
import { type Ports } from '../../../ports/ports.js';

/** What was tried a moment ago is not tried at once again: its events are on their way, or its engine is away. */
interface HeldBack {
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

export interface CarryOutPorts extends PacingPorts, Pick<Ports, 'log' | 'metrics'> {
  /** Where very many are due at once, these have to follow. Default: the view of the deadlines. */
  readonly paced?: ReadonlyArray<PacedView>;
}

export type RoundsOptions = Pick<Pacing, 'signal' | 'behind'>;

export interface Rounds {
  /**
   * Looks at everything due now, the longest overdue first, and begins to carry it out. Answers when to look again, in
   * epoch milliseconds. Rejects with Interrupted while the read models are away.
   */
  readonly next: () => Promise<number>;
  /** Resolves when nothing is being carried out any more. */
  readonly idle: () => Promise<void>;
}

const PAGE = 500;
const SIDE_BY_SIDE = 500;
/** Where many are held back, looking at them all again takes at most this share of the time. */
const SHARE_OF_LOOKING = 0.1;

/**
 * However many of a kind cannot be carried out, each one behind them is looked at: they are passed over, each until its
 * own next try. What has come since the last look is looked at at once, also where passing over the others takes long.
 */
export const carryOutDue = (
  { log, metrics, paced, ...ports }: CarryOutPorts,
  view: View<Deadline>,
  [kind, handler]: readonly [kind: string, handler: DeadlineHandler],
  { signal, behind }: RoundsOptions,
): Rounds => {
  const { readModels, clock } = ports;
  const reader = liveReader(readModels);
  const back = heldBack();
  const tasks = boundedTasks(SIDE_BY_SIDE);
  const labels = Object.freeze({ kind });
  const pace = pacing(ports, { views: paced ?? [view], tasks, signal, ...(behind !== undefined && { behind }) });
  let lookedTo = -Infinity;
  let lookAtAllAgainAt = -Infinity;

  const due = (bounds: { readonly from?: number; readonly to?: number }, limit: number, cursor: string | null) =>
    orInterrupt(reader.query(view, { index: 'due', key: kind, limit, ...bounds, ...(cursor !== null && { cursor }) }));
  const firstFrom = async (from: number): Promise<number> => {
    const { items } = await due(from === -Infinity ? {} : { from }, 1, null);
    return items[0]?.dueAt ?? Infinity;
  };

  const failed = (deadline: Deadline, now: number, { reason, notBefore }: NotCarriedOut): void => {
    back.holdBack(deadline, now, notBefore);
    if (notBefore === undefined)
      log.warn({ deadline: deadline.id, kind, reason }, 'A deadline could not be carried out yet');
  };
  const settled = (deadline: Deadline, now: number, done: CarriedOut): void => {
    if (E.isLeft(done)) return failed(deadline, now, done.left);
    metrics.observe('deadline_lateness_seconds', (now - deadline.dueAt) / 1_000, labels);
    // Its own events end it; should they not come, it is carried out again.
    back.holdBack(deadline, now);
  };
  const carryOut = async (deadline: Deadline): Promise<void> => {
    const now = clock.now();
    try {
      settled(deadline, now, await handler(deadline, now)());
    } catch (error) {
      failed(deadline, now, { reason: error instanceof Error ? error.message : String(error) });
    }
  };
  /** False when aborted. */
  const begin = async (deadline: Deadline): Promise<boolean> => {
    await pace.next();
    await tasks.room();
    if (signal.aborted) return false;
    // Until it is known what became of it.
    back.begin(deadline);
    tasks.add(() => carryOut(deadline));
    return true;
  };

  const passOver = async (from: number, now: number): Promise<ReadonlyArray<Deadline>> => {
    const held: Deadline[] = [];
    for (let cursor: string | null = null; ;) {
      const { items, nextCursor } = await due({ ...(from !== -Infinity && { from }), to: now }, PAGE, cursor);
      for (const deadline of items) {
        held.push(deadline);
        if (!back.isHeldBack(deadline, now) && !(await begin(deadline))) return held;
      }
      cursor = nextCursor;
      if (cursor === null) return held;
    }
  };

  return {
    idle: tasks.idle,
    next: async () => {
      const [now, began] = [clock.now(), clock.elapsed()];
      // A clock set back: what was held back until a moment would be held back for too long.
      if (now < lookedTo) {
        back.forgetAll();
        lookAtAllAgainAt = -Infinity;
      }
      const isAll = now >= lookAtAllAgainAt;
      const from = isAll ? -Infinity : lookedTo;
      const first = await firstFrom(from);
      const looked = first > now ? [] : await passOver(from, now);
      lookedTo = now;
      if (isAll) {
        back.keepOnly(looked);
        const tookMs = clock.elapsed() - began;
        lookAtAllAgainAt = looked.length <= PAGE ? -Infinity : now + tookMs / SHARE_OF_LOOKING;
      }
      const next = first > now ? first : await firstFrom(now + 1);
      return Math.min(next, Math.max(back.earliest(), lookAtAllAgainAt));
    },
  };
};
