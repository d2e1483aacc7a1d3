import { orInterrupt } from '../../projection/interrupted.js';
import { liveReader } from '../../projection/live-reader.js';
import { pause } from '../../projection/pause.js';
import { type View } from '../../projection/view.js';
import { type Rounds } from './carry-out-due.js';
import { type Deadline } from './deadline.js';
import { type PacedView, type PacingPorts, viewsFollow } from './pacing.js';

/** Does what is urgent about all of these at once. Each of them still has to be carried out by its handler. Must not reject. */
export type InBulk = (deadlines: ReadonlyArray<Deadline>) => Promise<void>;

export interface DueInBulk {
  readonly view: View<Deadline>;
  readonly kind: string;
  readonly inBulk: InBulk;
  /** Others wait for these to follow. */
  readonly views: ReadonlyArray<PacedView>;
}

/** With fewer than this, to carry out each of them is as fast. */
const MANY = 500;
const PAGE = 150;
/** Of what still stands after this, the request may have been lost. */
const AGAIN_MS = 60_000;
/** Others have at least this share of the time. */
const SHARE_OF_OTHERS = 0.25;

/** Where very many deadlines of one kind are due, does what is urgent about all of them: the longest overdue first, each at most once a minute. */
export const dueInBulk = (
  ports: PacingPorts,
  { view, kind, inBulk, views }: DueInBulk,
  signal: AbortSignal,
): Rounds => {
  const { readModels, clock } = ports;
  const reader = liveReader(readModels);
  const follow = viewsFollow(ports, views, signal);
  /** Everything due up to here has been dealt with. */
  let doneTo = -Infinity;
  let againAt = -Infinity;
  let atWork: Promise<unknown> = Promise.resolve();

  const due = (bounds: { readonly from?: number; readonly to?: number }, limit: number, cursor: string | null = null) =>
    orInterrupt(reader.query(view, { index: 'due', key: kind, limit, ...bounds, ...(cursor !== null && { cursor }) }));
  const firstAfter = async (moment: number): Promise<number> => {
    const { items } = await due(moment === -Infinity ? {} : { from: moment + 1 }, 1);
    return items[0]?.dueAt ?? Infinity;
  };

  const dealWithAll = async (from: number, to: number): Promise<void> => {
    for (let cursor: string | null = null; !signal.aborted;) {
      const began = clock.elapsed();
      const { items, nextCursor } = await due({ ...(from !== -Infinity && { from: from + 1 }), to }, PAGE, cursor);
      await inBulk(items);
      cursor = nextCursor;
      if (cursor === null) return;
      await follow();
      await pause(clock, (clock.elapsed() - began) * SHARE_OF_OTHERS, signal);
    }
  };

  const look = async (): Promise<number> => {
    const now = clock.now();
    if (now < doneTo || clock.elapsed() >= againAt) doneTo = -Infinity;
    const areMany = (await firstAfter(doneTo)) <= now && (await due({ to: now }, MANY)).nextCursor !== null;
    if (areMany) {
      if (doneTo === -Infinity) againAt = clock.elapsed() + AGAIN_MS;
      await dealWithAll(doneTo, now);
      doneTo = now;
    }
    return firstAfter(now);
  };

  return {
    next: () => {
      const looking = look();
      atWork = looking.catch(() => undefined);
      return looking;
    },
    idle: async () => void (await atWork),
  };
};
