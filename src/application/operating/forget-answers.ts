import { option as O, taskEither as TE } from 'fp-ts';
import { z } from 'zod';
import { couponsView, wasClosedBy } from '../coupon/coupons.js';
import { OUTCOMES } from '../kernel/outcome/outcomes.js';
import { type Forget } from '../kernel/projection/forget.js';
import { answering, Interrupted, type Interruption, orInterrupt } from '../kernel/projection/interrupted.js';
import { liveReader } from '../kernel/projection/live-reader.js';
import { pause } from '../kernel/projection/pause.js';
import { liveBuild } from '../kernel/projection/projection.js';
import { BEGINNING } from '../ports/event-store.js';
import { type Ports } from '../ports/ports.js';
import { type Build, type Page, type ReadModels } from '../ports/read-models.js';
import { allOutcomesView } from './all-projections.js';

/** When each of these tasks was last done, by its name. It is kept where the views are; if it is lost, they are done once more. */
const dailyTasks: Build = { view: 'daily-tasks', version: 1, build: 1 };

const dailyTask = z.object({
  /** Epoch milliseconds. */
  doneAt: z.number(),
});

const DAY_MS = 86_400_000;

type OnceADayPorts = Pick<Ports, 'readModels' | 'clock'>;

/**
 * Does a task unless it was completed less than a day ago, by this process or an earlier one; answers none where it was. So
 * a long task is not begun again at every start. One process at a time may call it.
 */
export const onceADay = <A>(
  { readModels, clock }: OnceADayPorts,
  name: string,
  task: TE.TaskEither<Interruption, A>,
): TE.TaskEither<Interruption, O.Option<A>> =>
  answering(async () => {
    // That a store was wiped is noticed only when its builds are asked for.
    await orInterrupt(readModels.builds(dailyTasks.view));
    const [known = O.none] = await orInterrupt(readModels.getMany(dailyTasks, [name]));
    const doneAt = O.isSome(known) ? dailyTask.parse(known.value).doneAt : -Infinity;
    // A time in the future comes from a clock that was wrong.
    if (doneAt <= clock.now() && clock.now() < doneAt + DAY_MS) return O.none;
    const done = await orInterrupt(task);
    const write = { id: name, document: { doneAt: clock.now() }, entries: [] };
    await orInterrupt(readModels.write(dailyTasks, [write], { from: BEGINNING, to: BEGINNING }));
    return O.some(done);
  });

export interface ForgetAnswersPorts extends Pick<Ports, 'readModels' | 'clock'> {
  /** How long an answer is kept, and that of a request for a coupon after the coupon closed. Milliseconds. */
  readonly keptMs: number;
}

const PAGE = 500;
/** Between two pages: nobody waits for this, and everybody else may be in a sale. */
const PAUSE_MS = 20;
/** The checkpoint moves while a view is written to, and stands still in between. */
const TRIES = 100;

const answer = z.object({ processedAt: z.number(), couponId: z.string().optional() });

const remove = async (readModels: ReadModels, build: Build, ids: ReadonlyArray<string>): Promise<void> => {
  const writes = ids.map((id) => ({ id, document: null, entries: [] }));
  for (let tries = 1; ; tries += 1) {
    const at = await orInterrupt(readModels.checkpoint(build));
    try {
      return await orInterrupt(readModels.write(build, writes, { from: at, to: at }));
    } catch (error) {
      if (tries === TRIES || !(error instanceof Interrupted) || error.why !== 'CheckpointMoved') throw error;
    }
  }
};

/**
 * Drops the answers to old requests from a build of the outcomes; answers how many. Those of a coupon stay until it has been
 * closed as long: until then somebody may ask what became of a request. Holders are found in `user-coupons` for ever.
 */
const forgetAnswers =
  (ports: ForgetAnswersPorts) =>
  (build: Build, signal?: AbortSignal): TE.TaskEither<Interruption, number> =>
    answering(async () => {
      const { readModels, clock, keptMs } = ports;
      const reader = liveReader(readModels);
      const before = clock.now() - keptMs;
      const isClosed = new Map<string, boolean>();
      const lookUp = async (couponIds: ReadonlyArray<string>): Promise<void> => {
        const unknown = [...new Set(couponIds)].filter((id) => !isClosed.has(id));
        const found = unknown.length === 0 ? [] : await orInterrupt(reader.getMany(couponsView, unknown));
        // Requests for a coupon that never was have nothing to wait for.
        const isOver = O.match(
          () => true,
          (coupon: Parameters<typeof wasClosedBy>[1]) => wasClosedBy(before, coupon),
        );
        found.forEach((coupon, index) => isClosed.set(unknown[index] ?? '', isOver(coupon)));
      };

      let forgotten = 0;
      for (let after: string | null = null; ;) {
        if (signal?.aborted === true) throw new Interrupted('Aborted');
        const { items, nextCursor }: Page = await orInterrupt(readModels.scan(build, after, PAGE));
        const old = items.flatMap(({ id, document }) => {
          const { processedAt, couponId = null } = answer.parse(document);
          return processedAt < before ? [{ id, couponId }] : [];
        });
        await lookUp(old.flatMap(({ couponId }) => couponId ?? []));
        const ids = old.flatMap(({ id, couponId }) =>
          couponId === null || isClosed.get(couponId) === true ? [id] : [],
        );
        if (ids.length > 0) await remove(readModels, build, ids);
        forgotten += ids.length;
        if (nextCursor === null) return forgotten;
        after = nextCursor;
        await pause(clock, PAUSE_MS, signal);
      }
    });

/** The same in the build that is served; none is while the view is being built for the first time. */
export const forgetOldAnswers =
  (ports: ForgetAnswersPorts) =>
  (signal?: AbortSignal): TE.TaskEither<Interruption, number> =>
    answering(async () => {
      const live = liveBuild(allOutcomesView, await orInterrupt(ports.readModels.builds(OUTCOMES)));
      return O.isNone(live) ? 0 : orInterrupt(forgetAnswers(ports)(live.value, signal));
    });

export const FORGET_ANSWERS = 'forget-answers';

/** The same, where it was not done within a day: to look through millions of answers takes minutes. */
export const forgetAnswersDaily =
  (ports: ForgetAnswersPorts) =>
  (signal?: AbortSignal): TE.TaskEither<Interruption, O.Option<number>> =>
    onceADay(ports, FORGET_ANSWERS, forgetOldAnswers(ports)(signal));

/** The outcomes are the only view that does not keep everything. */
export const forgetIn =
  (ports: ForgetAnswersPorts): Forget =>
  (view, build) =>
    view === OUTCOMES ? TE.map(() => undefined)(forgetAnswers(ports)(build)) : TE.right(undefined);
