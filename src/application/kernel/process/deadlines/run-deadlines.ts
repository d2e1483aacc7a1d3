import { either as E } from 'fp-ts';
import { type EventFeed, type FeedBatch } from '../../../ports/event-feed.js';
import { type Reminders } from '../../../ports/reminders.js';
import { awaitCheckpoint } from '../../projection/await-checkpoint.js';
import { pause } from '../../projection/pause.js';
import { type View } from '../../projection/view.js';
import { tokenBucket } from '../../token-bucket.js';
import { type Task } from '../while-leading.js';
import { carryOutDue, type CarryOutPorts, type Rounds } from './carry-out-due.js';
import { type Deadline, type DeadlineHandler, type DeadlineHandlers, kindIn } from './deadline.js';
import { dueInBulk, type InBulk } from './in-bulk.js';

export interface RunDeadlinesPorts extends CarryOutPorts {
  readonly feed: EventFeed;
  /** By kind: what is done for all of them first where very many are due at once. The handler of the kind follows more slowly. */
  readonly inBulk?: Readonly<Record<string, InBulk>>;
  /** Of what may be due, whichever process set it. */
  readonly reminders?: Pick<Reminders, 'listen'>;
}

/** Looked at this often even when nothing seems due: a hint may be lost. */
const LOOK_MS = 5_000;
/** While nothing can be looked up, and for the clock, which may be set forward. */
const SOON_MS = 1_000;
const VISIBLE_MS = 2_000;
/** How often deadlines are looked for when events set them all the time; a few events in a row are each followed by a look. */
const LOOKS = { size: 20, everyMs: 50 };

/**
 * Carries out deadlines when they come, until stopped, those of one kind beside those of every other: woken by time, by the events that set them and by reminders. What
 * came due while nobody ran is carried out at once. Two of them do no harm: handlers are idempotent.
 */
export const runDeadlines =
  (ports: RunDeadlinesPorts, view: View<Deadline>, handlers: DeadlineHandlers, lookMs = LOOK_MS) =>
  async (): Promise<Task> => {
    const { clock, feed, log, inBulk = {} } = ports;
    const stopping = new AbortController();
    const { signal } = stopping;
    const roundsOf = (kind: string, handler: DeadlineHandler): ReadonlyArray<Rounds> => {
      const urgent = inBulk[kind];
      if (urgent === undefined) return [carryOutDue(ports, view, [kind, handler], { signal })];
      const behind = dueInBulk(ports, { view, kind, inBulk: urgent, views: ports.paced ?? [view] }, signal);
      return [behind, carryOutDue(ports, view, [kind, handler], { signal, behind })];
    };
    const sleepers = Object.entries(handlers).flatMap(([kind, handler]) =>
      roundsOf(kind, handler).map((rounds) => ({ kind, rounds, isDirty: true, wake: (): void => undefined })),
    );
    type Sleeper = (typeof sleepers)[number];
    const kick = (isConcerned: (kind: string) => boolean = () => true): void => {
      for (const sleeper of sleepers.filter(({ kind }) => isConcerned(kind))) {
        sleeper.isDirty = true;
        sleeper.wake();
      }
    };

    const sleepUntil = (sleeper: Sleeper, at: number): Promise<void> =>
      new Promise((resolve) => {
        if (sleeper.isDirty || stopping.signal.aborted) return resolve();
        const cancel = clock.wakeAt(at, resolve);
        sleeper.wake = () => {
          cancel();
          resolve();
        };
      });

    const looks = tokenBucket(clock.elapsed, LOOKS);
    let isAway = false;
    const work = async (sleeper: Sleeper): Promise<void> => {
      while (!stopping.signal.aborted) {
        sleeper.isDirty = false;
        let next = Infinity;
        try {
          next = await sleeper.rounds.next();
          isAway = false;
        } catch (error) {
          if (!isAway) log.warn({ err: error }, 'Deadlines cannot be looked up');
          isAway = true;
          next = clock.now() + SOON_MS;
        }
        const lookBy = clock.elapsed() + lookMs;
        const isTime = (): boolean => sleeper.isDirty || clock.now() >= next || clock.elapsed() >= lookBy;
        while (!stopping.signal.aborted && !isTime())
          await sleepUntil(sleeper, Math.min(next, clock.now() + Math.min(SOON_MS, lookBy - clock.elapsed())));
      }
      await sleeper.rounds.idle();
    };

    const notice = async ({ events }: FeedBatch): Promise<void> => {
      const changed = events.flatMap((event) => view.documentIds(event).map((id) => ({ id, at: event.position })));
      const position = changed.at(-1)?.at;
      if (position === undefined) return;
      const kinds = new Set(changed.map(({ id }) => kindIn(id)));
      for (let ms = looks.take(); ms > 0 && !signal.aborted; ms = looks.take()) await pause(clock, ms, signal);
      for (let isVisible = false; !isVisible && !signal.aborted;) {
        const waited = await awaitCheckpoint(ports)({ view, position, waitMs: VISIBLE_MS, signal })();
        isVisible = E.isRight(waited) && waited.right;
        kick((kind) => kinds.has(kind));
        if (E.isLeft(waited)) await pause(clock, SOON_MS, signal);
      }
    };

    const head = await feed.head()();
    if (E.isLeft(head)) throw new Error('The event store does not answer');
    const hints = feed.subscribe(head.right, notice, { streamPrefixes: view.streamPrefixes });
    const forgetReminders = ports.reminders?.listen(() => kick());
    const worked = Promise.all(sleepers.map(work));
    return {
      stop: async () => {
        stopping.abort();
        forgetReminders?.();
        kick();
        await Promise.all([hints.stop(), worked]);
      },
    };
  };
