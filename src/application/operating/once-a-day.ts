import { option as O, type taskEither as TE } from 'fp-ts';
import { z } from 'zod';
import { answering, type Interruption, orInterrupt } from '../kernel/projection/interrupted.js';
import { BEGINNING } from '../ports/event-store.js';
import { type Build } from '../ports/read-models.js';
import { type Ports } from '../ports/ports.js';

/** When each of these tasks was last done, by its name. It is kept where the views are; if it is lost, they are done once more. */
const dailyTasks: Build = { view: 'daily-tasks', version: 1, build: 1 };

const dailyTask = z.object({
  /** Epoch milliseconds. */
  doneAt: z.number(),
});

const DAY_MS = 86_400_000;

export type OnceADayPorts = Pick<Ports, 'readModels' | 'clock'>;

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
