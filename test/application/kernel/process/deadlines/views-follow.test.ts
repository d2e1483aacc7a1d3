import { option as O, taskEither as TE } from 'fp-ts';
import { viewsFollow } from '../../../../../src/application/kernel/process/deadlines/pacing.js';
import { InMemoryReadModels } from '../../../../support/in-memory/read-models.js';
import { movedClock } from '../../../../support/moved-clock.js';

const view = { name: 'rooms', version: 1 };

test('views follow when they show what was recorded before one looked the last time, and only then', async () => {
  const clock = movedClock();
  let [head, checkpoint] = [10, 10];
  const build = { view: view.name, version: view.version, build: 1 };
  const served = () => TE.right(O.some({ build, checkpoint, documents: [] }));
  const readModels = Object.assign(new InMemoryReadModels(), { served });
  const follow = viewsFollow({ feed: { head: () => TE.right(head) }, readModels, clock }, [view]);
  const look = async (): Promise<boolean> => {
    const looked = follow();
    await new Promise(setImmediate);
    clock.move(1_000);
    return looked;
  };
  expect(await look()).toBe(true);
  head = 20;
  expect(await look()).toBe(true);
  expect(await look()).toBe(false);
  checkpoint = 20;
  expect(await look()).toBe(true);
});
