import { either as E } from 'fp-ts';
import { type Clock } from '../../../ports/clock.js';
import { type EventFeed } from '../../../ports/event-feed.js';
import { BEGINNING } from '../../../ports/event-store.js';
import { type ReadModels } from '../../../ports/read-models.js';
import { awaitCheckpoint } from '../../projection/await-checkpoint.js';
import { pause } from '../../projection/pause.js';
import { type BoundedTasks } from './bounded-tasks.js';

export interface PacingPorts {
  readonly feed: Pick<EventFeed, 'head'>;
  readonly readModels: ReadModels;
  readonly clock: Clock;
}

/** What is needed to know how far a view has come. */
export type PacedView = Parameters<ReturnType<typeof awaitCheckpoint>>[0]['view'];

const FEWEST = 150;
const MOST = 1_000;
/** As many are begun in one go as are carried out and seen within this. */
const AIM_MS = 60;
/** Tasks that take longer than this, and views that do not follow at all, are not waited for. */
const TASKS_MS = 50;
const VIEWS_MS = 1_000;

/**
 * Leaves everybody else their share: where thousands are due at once, the next are begun when the views show what became
 * of all but the last, so that whoever waits to see their own never waits behind all of them, and nothing stands still.
 */
export const pacing = (
  { feed, readModels, clock }: PacingPorts,
  views: ReadonlyArray<PacedView>,
  tasks: BoundedTasks,
  signal: AbortSignal,
) => {
  let size = FEWEST;
  let begun = 0;
  let since = 0;
  /** Everything up to here came of those begun before the last. */
  let before = BEGINNING;
  const seen = awaitCheckpoint({ readModels, clock });
  return {
    /** Resolves when one more may be begun; at once when aborted. */
    next: async (): Promise<void> => {
      if (begun === 0) since = clock.elapsed();
      begun += 1;
      if (begun <= size) return;
      await Promise.race([tasks.idle(), pause(clock, TASKS_MS, signal)]);
      const head = await feed.head()();
      const [position, waitMs] = [before, VIEWS_MS];
      await Promise.all(views.map((view) => seen({ view, position, waitMs, signal })()));
      if (E.isRight(head)) before = head.right;
      const took = Math.max(clock.elapsed() - since, 1);
      // Never many more than the last: what they take shows only when the views have followed.
      size = Math.round(Math.min(MOST, 2 * size, Math.max(FEWEST, (size * AIM_MS) / took)));
      begun = 1;
      since = clock.elapsed();
    },
  };
};
