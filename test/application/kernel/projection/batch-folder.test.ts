import { batchFolder } from '../../../../src/application/kernel/projection/batch-folder.js';
import { orInterrupt } from '../../../../src/application/kernel/projection/interrupted.js';
import { parkingOf } from '../../../../src/application/kernel/process/parking/parking.js';
import { game, tallies } from './tally.js';

const build = { view: 'tallies', version: 1, build: 1 };

describe('Folding many batches before anything is written', () => {
  it('leads to one write for each document', async () => {
    const { events, readModels, score } = game();
    const folder = batchFolder(tallies, build, readModels);
    for (let goal = 0; goal < 10; goal++) {
      const after = await score(goal % 2 === 0 ? 'ana' : 'ben', goal);
      await folder.gather((await orInterrupt(events.read(after - 1))).events);
    }
    expect(folder.gathered()).toBe(2);
    expect([...folder.take()].map(({ id, document }) => ({ id, document }))).toEqual([
      { id: 'ana', document: { points: 20, goals: 5 } },
      { id: 'ben', document: { points: 25, goals: 5 } },
    ]);
    expect(folder.gathered()).toBe(0);
  });

  it('asks once of each event whether it can be read, and folds nothing of a stream behind the first that could not be folded', async () => {
    const { events, readModels, score } = game();
    for (const points of [1, 2, 3]) await score('ana', points);
    const asked: number[] = [];
    const parking = parkingOf(({ revision }) => {
      asked.push(revision);
      return null;
    });
    const fold: typeof tallies.fold = (known, recorded, id) => {
      if (recorded.revision === 1) throw new Error('of no known shape');
      return tallies.fold(known, recorded, id);
    };
    const folder = batchFolder({ ...tallies, fold }, build, readModels, parking);
    const [ana] = await folder.fold((await orInterrupt(events.read(-1))).events);
    expect(asked).toEqual([0, 1, 2]);
    expect(ana).toMatchObject({ id: 'ana', document: { points: 1, goals: 1 } });
  });

  it('leads to no write where nothing changed', async () => {
    const { events, readModels, score } = game();
    await score('ana', 1);
    const folder = batchFolder({ ...tallies, fold: (known) => known }, build, readModels);
    expect(await folder.fold((await orInterrupt(events.read(-1))).events)).toEqual([]);
  });

  it('goes on from what was taken, though it may not be written yet, and from what was written long before', async () => {
    const { events, readModels, score } = game();
    await score('ana', 1);
    await score('ben', 2);
    const folder = batchFolder(tallies, build, readModels);
    const gather = async (after: number): Promise<void> =>
      folder.gather((await orInterrupt(events.read(after - 1))).events);
    await gather(0);
    await orInterrupt(readModels.fill(build, folder.take(), { from: -1, to: 1 }));
    await gather(await score('cho', 3));
    const unwritten = [...folder.take()];
    await gather(await score('cho', 3));
    await gather(await score('ana', 1));
    expect([...folder.take()].map(({ id, document }) => ({ id, document }))).toEqual([
      { id: 'cho', document: { points: 6, goals: 2 } },
      { id: 'ana', document: { points: 2, goals: 2 } },
    ]);
    expect(unwritten).toMatchObject([{ id: 'cho', document: { points: 3, goals: 1 } }]);
  });
});
