import { either as E, option as O, taskEither as TE } from 'fp-ts';
import { type Interruption } from '../../../src/application/kernel/projection/interrupted.js';
import { onceADay } from '../../../src/application/operating/forget-answers.js';
import { wallClock } from '../../support/in-memory/quiet.js';
import { InMemoryReadModels } from '../../support/in-memory/read-models.js';

const HOUR = 3_600_000;

/** A task that counts how often it was done, at times that a test sets; each `start` is another process. */
const setting = () => {
  const readModels = new InMemoryReadModels();
  let [now, done] = [1_000 * HOUR, 0];
  const clock = { ...wallClock, now: () => now };
  const count: TE.TaskEither<Interruption, number> = async () => E.right((done += 1));
  const start = (task = count, name = 'count') => onceADay({ readModels, clock }, name, task)();
  return { start, pass: (hours: number) => (now += hours * HOUR), times: () => done };
};

describe('A task that is done once a day', () => {
  it('is not begun again by the processes that start within the day', async () => {
    const { start, pass, times } = setting();
    expect(await start()).toEqual(E.right(O.some(1)));
    pass(23);
    expect(await start()).toEqual(E.right(O.none));
    expect(times()).toBe(1);
    pass(1);
    expect(await start()).toEqual(E.right(O.some(2)));
    expect(await start()).toEqual(E.right(O.none));
  });

  it('is done again where it was not done to its end', async () => {
    const { start } = setting();
    expect(await start(TE.left('Aborted'))).toEqual(E.left('Aborted'));
    expect(await start()).toEqual(E.right(O.some(1)));
  });

  it('is not put off by a clock that was ahead when it was done', async () => {
    const { start, pass } = setting();
    pass(1_000);
    await start();
    pass(-1_000);
    expect(await start()).toEqual(E.right(O.some(2)));
  });

  it('is one of several', async () => {
    const { start } = setting();
    await start();
    expect(await start(TE.right(7), 'another')).toEqual(E.right(O.some(7)));
  });
});
