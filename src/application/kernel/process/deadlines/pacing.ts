import { either as E } from 'fp-ts';
import { BEGINNING } from '../../../ports/event-store.js';
import { type EventFeed } from '../../../ports/event-feed.js';
import { type Ports } from '../../../ports/ports.js';
import { awaitCheckpoint } from '../../projection/await-checkpoint.js';
import { pause } from '../../projection/pause.js';
import { type BoundedTasks } from './bounded-tasks.js';

export interface PacingPorts extends Pick<Ports, 'readModels' | 'clock'> {
  readonly feed: Pick<EventFeed, 'head'>;
}

/** What is needed to know how far a view has come. */
export type PacedView = Parameters<ReturnType<typeof awaitCheckpoint>>[0]['view'];

export interface Pacing {
  readonly views: ReadonlyArray<PacedView>;
  readonly tasks: BoundedTasks;
  readonly signal: AbortSignal;
  /** These are no longer urgent: they give way to what goes before them, and rest as long as they work. */
  readonly behind?: { readonly idle: () => Promise<void> };
}

const MOST = 1_000;
/** As many are begun in one go as are carried out and seen within `aimMs`, but not fewer than `fewest`. */
const SOON = { fewest: 150, aimMs: 60 };
const AT_LEISURE = { fewest: 30, aimMs: 10 };
/** Tasks that take longer than this, and views that do not follow at all, are not waited for. */
const TASKS_MS = 50;
const VIEWS_MS = 1_000;

/** Each call resolves when these views show everything that was recorded before the call before it; false: they did not follow. */
export const viewsFollow = (
  { feed, readModels, clock }: PacingPorts,
  views: ReadonlyArray<PacedView>,
  signal?: AbortSignal,
): (() => Promise<boolean>) => {
  const seen = awaitCheckpoint({ readModels, clock });
  let before = BEGINNING;
  return async () => {
    const head = await feed.head()();
    const [position, waitMs] = [before, VIEWS_MS];
    const shown = await Promise.all(views.map((view) => seen({ view, position, waitMs, signal })()));
    if (E.isRight(head)) before = head.right;
    return shown.every((each) => E.isRight(each) && each.right);
  };
};

/**
 * Leaves time for everything else when thousands are due at once: the next ones begin when the views show the results of all but
 * the last group. So a user who waits to see a result never waits behind all of them, and the work never stops.
 */
export const pacing = (ports: PacingPorts, { views, tasks, signal, behind }: Pacing) => {
  const { clock } = ports;
  const { fewest, aimMs } = behind === undefined ? SOON : AT_LEISURE;
  const follow = viewsFollow(ports, views, signal);
  let size = fewest;
  let begun = 0;
  let since = 0;
  return {
    /** Resolves when one more may be begun; at once when aborted. */
    next: async (): Promise<void> => {
      if (begun === 0) since = clock.elapsed();
      begun += 1;
      if (begun <= size) return;
      await Promise.race([tasks.idle(), pause(clock, TASKS_MS, signal)]);
      await follow();
      const took = Math.max(clock.elapsed() - since, 1);
      if (behind !== undefined) {
        await pause(clock, took, signal);
        await behind.idle();
      }
      // Never many more than the last: what they take shows only when the views have followed.
      size = Math.round(Math.min(MOST, 2 * size, Math.max(fewest, (size * aimMs) / took)));
      begun = 1;
      since = clock.elapsed();
    },
  };
};
