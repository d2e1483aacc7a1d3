import { taskEither as TE } from 'fp-ts';
import { awaitCheckpoint } from '../../../../src/application/kernel/projection/await-checkpoint.js';
import { awaitOutcome } from '../../../../src/application/kernel/outcome/await-outcome.js';
import { movedClock } from '../../../support/moved-clock.js';
import { answerOf } from '../../../support/answer-of.js';
import { eventually } from '../../../support/eventually.js';
import { InMemoryReadModels } from '../../../support/in-memory/read-models.js';
import { game, tallies } from '../projection/tally.js';

const build = { view: 'v', version: 1, build: 1 };

const waiting = () => {
  const clock = movedClock();
  const readModels = new InMemoryReadModels();
  let answer = 'PENDING';
  let reads = 0;
  const wait = (waitMs: number, signal?: AbortSignal): Promise<unknown> =>
    awaitOutcome({ clock, readModels })({
      view: 'v',
      id: 'r1',
      read: TE.fromIO(() => (reads++, answer)),
      isFinal: (now) => now === 'SUCCESS',
      waitMs,
      ...(signal === undefined ? {} : { signal }),
    })();
  return { clock, readModels, wait, decide: () => (answer = 'SUCCESS'), reads: () => reads };
};

describe('Waiting for a final answer', () => {
  it('ends the moment the document changes', async () => {
    const { readModels, wait, decide } = waiting();
    const answer = wait(30_000);
    await eventually(() => readModels.watching === 1);
    decide();
    await readModels.write(build, [{ id: 'r1', document: {}, entries: [] }], { from: -1, to: 0 })();
    expect(await answer).toMatchObject({ right: 'SUCCESS' });
    expect(readModels.watching).toBe(0);
  });

  it('notices within a second what nobody told it', async () => {
    const { clock, readModels, wait, decide, reads } = waiting();
    const answer = wait(30_000);
    await eventually(() => reads() === 1);
    decide();
    clock.move(1_000);
    expect(await answer).toMatchObject({ right: 'SUCCESS' });
    expect(readModels.watching).toBe(0);
  });

  it('ends with what is known when the time is over', async () => {
    const { clock, readModels, wait, reads } = waiting();
    const answer = wait(1_500);
    await eventually(() => reads() === 1);
    clock.move(1_000);
    await eventually(() => reads() === 2);
    clock.move(500);
    expect(await answer).toMatchObject({ right: 'PENDING' });
    expect(readModels.watching).toBe(0);
  });

  it('lasts no longer, and no less, when the calendar is set back or forward meanwhile', async () => {
    for (const hours of [-1, 1]) {
      const { clock, wait, reads } = waiting();
      const answer = wait(5_000);
      let isOver = false;
      void answer.then(() => (isOver = true));
      await eventually(() => reads() === 1);
      clock.set(hours * 3_600_000);
      for (let second = 1; second <= 5; second += 1) {
        await eventually(() => reads() >= second);
        expect(isOver).toBe(false);
        clock.move(1_000);
      }
      expect(await answer).toMatchObject({ right: 'PENDING' });
    }
  });

  it('ends when nobody listens any more, without another look', async () => {
    const { readModels, wait, reads } = waiting();
    const gone = new AbortController();
    const answer = wait(30_000, gone.signal);
    await eventually(() => reads() === 1);
    gone.abort();
    expect(await answer).toMatchObject({ right: 'PENDING' });
    expect(reads()).toBe(1);
    expect(readModels.watching).toBe(0);
  });
});

describe('Reading what one has just written', () => {
  it('waits until it is visible', async () => {
    const { clock, must, readModels, score, served, start } = game();
    const projections = start();
    await projections.ready;
    const position = await score('ana', 4);
    expect(must(await awaitCheckpoint({ readModels, clock })({ view: tallies, position, waitMs: 5_000 })())).toBe(true);
    expect(await served('ana')).toEqual({ points: 4, goals: 1 });
    await projections.stop();
  });

  it('is told by the change itself, without asking again and again', async () => {
    const { clock, readModels } = waiting();
    await answerOf(readModels.flip(build));
    const position = 0;
    const asked = { view: { name: 'v', version: 1 }, position, id: 'r1', waitMs: 30_000 };
    const visible = answerOf(awaitCheckpoint({ readModels, clock })(asked));
    await eventually(() => readModels.watching === 1);
    await answerOf(readModels.write(build, [{ id: 'r1', document: {}, entries: [] }], { from: -1, to: position }));
    expect(await visible).toBe(true);
    expect(readModels.watching).toBe(0);
  });

  it('is seen soon also where nobody tells of it', async () => {
    const { clock, readModels } = waiting();
    await answerOf(readModels.flip(build));
    const asked = { view: { name: 'v', version: 1 }, position: 0, id: 'r1', waitMs: 30_000 };
    const visible = answerOf(awaitCheckpoint({ readModels, clock })(asked));
    await eventually(() => readModels.watching === 1);
    await answerOf(readModels.write(build, [], { from: -1, to: 0 }));
    clock.move(100);
    expect(await visible).toBe(true);
  });

  it('says so when it is not visible in time', async () => {
    const { clock, must, readModels, score, start } = game();
    const projections = start();
    await projections.ready;
    await projections.stop();
    const position = await score('ana', 4);
    expect(must(await awaitCheckpoint({ readModels, clock })({ view: tallies, position, waitMs: 20 })())).toBe(false);
  });
});
