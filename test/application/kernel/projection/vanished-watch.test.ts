import { option as O, taskEither as TE } from 'fp-ts';
import { type Build } from '../../../../src/application/ports/read-models.js';
import { vanishedWatch } from '../../../../src/application/kernel/projection/vanished-watch.js';
import { eventually } from '../../../support/eventually.js';
import { movedClock } from '../../../support/moved-clock.js';

const VIEWS = 20;

/** The views one process keeps, in read models that count how often they are asked and can be wiped. */
const kept = () => {
  const clock = movedClock();
  const store = { asked: 0, isWiped: false };
  const built = (view: string): Build => ({ view, version: 1, build: 1 });
  const watch = vanishedWatch({
    clock,
    readModels: {
      checkpoint: () => TE.right(7),
      builds: (view) => {
        store.asked += 1;
        return TE.right({ live: store.isWiped ? O.none : O.some(built(view)), all: [] });
      },
    },
  });
  const told = new Set<number>();
  const watching = Array.from({ length: VIEWS }, (_, n) => watch.watch(built(`view-${n}`)));
  const all = watching.map(({ vanished }, n) => vanished.then(() => told.add(n)));
  /** One second after another, each with time for what it wakes. */
  const pass = async (seconds: number): Promise<void> => {
    for (let n = 0; n < seconds; n++) {
      clock.move(1_000);
      await new Promise(setImmediate);
    }
  };
  return { store, told, pass, ended: () => Promise.all(all), stop: () => watching.forEach((each) => each.stop()) };
};

describe('watching that views have not vanished', () => {
  it('asks once a second, however many views a process keeps', async () => {
    const { store, told, pass, ended, stop } = kept();
    await pass(60);
    expect(store.asked).toBe(60);
    expect(told.size).toBe(0);
    stop();
    await ended();
  });

  it('tells all of them of a wipe at the next look', async () => {
    const { store, told, pass } = kept();
    await pass(5);
    store.isWiped = true;
    await pass(1);
    await eventually(() => told.size === VIEWS);
    const { asked } = store;
    await pass(5);
    expect(store.asked).toBe(asked);
  });

  it('ends without a word to the store when it is stopped', async () => {
    const { store, pass, ended, stop } = kept();
    stop();
    await ended();
    await pass(5);
    expect(store.asked).toBe(0);
  });
});
