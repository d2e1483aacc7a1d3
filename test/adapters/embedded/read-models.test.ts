import { option as O } from 'fp-ts';
import { openReadModels } from '../../../src/adapters/embedded/read-models/open-read-models.js';
import { type DocumentWrite } from '../../../src/application/ports/read-models.js';
import { readModelsContract } from '../../contracts/read-models.contract.js';
import { openedDirectory } from '../../support/embedded.js';
import { answerOf } from '../../support/answer-of.js';
import { eventually } from '../../support/eventually.js';
import { tempDirs } from '../../support/temp-dir.js';

const newDirectory = tempDirs();

const openIn = async (directory: string) => {
  const data = await openedDirectory(directory);
  const readModels = openReadModels(data.root);
  const close = async () => {
    await readModels.close();
    await data.close();
  };
  return { readModels, root: data.root, close };
};

readModelsContract('The embedded store', () => openIn(newDirectory()));

const build = { view: 'coupons', version: 1, build: 1 };
const documents = (count: number): ReadonlyArray<DocumentWrite> =>
  Array.from({ length: count }, (_, n) => ({
    id: `c-${n}`,
    document: { n },
    entries: [{ index: 'all', key: '', sort: n }],
  }));

it('still has documents, entries, checkpoint and the live build after a restart', async () => {
  const directory = newDirectory();
  const before = await openIn(directory);
  await answerOf(before.readModels.write(build, documents(10), { from: -1, to: 9 }));
  await answerOf(before.readModels.flip(build));
  await before.close();
  const { readModels, close } = await openIn(directory);
  expect(await answerOf(readModels.checkpoint(build))).toBe(9);
  expect((await answerOf(readModels.builds('coupons'))).live).toEqual(O.some(build));
  const page = await answerOf(readModels.queryServed('coupons', { index: 'all', key: '', limit: 100 }));
  expect(O.toUndefined(page)?.items).toHaveLength(10);
  await close();
});

it.each(['write', 'fill'] as const)(
  'says of what cannot be written that it is a bug, not that it is away: %s',
  async (how) => {
    const { readModels, close } = await openIn(newDirectory());
    const endless: { itself?: object } = {};
    endless.itself = endless;
    const writes = [...documents(3), { id: 'c-3', document: endless, entries: [] }];
    await expect(readModels[how](build, writes, { from: -1, to: 0 })()).rejects.toThrow(/circular/i);
    expect(await answerOf(readModels.checkpoint(build))).toBe(-1);
    await close();
  },
);

it('drops a big build at once, and answers others while it removes what that leaves', async () => {
  const { readModels, root, close } = await openIn(newDirectory());
  await answerOf(readModels.write(build, documents(20_000), { from: -1, to: 0 }));
  await answerOf(readModels.drop(build));
  const left = ['view-documents', 'view-entries', 'view-dropped'].map((name) => root.openDB({ name }));
  let turns = 0;
  while (left.some((table) => table.getKeysCount() > 0)) {
    await new Promise((resolve) => setImmediate(resolve));
    expect(await answerOf(readModels.getMany(build, ['c-1']))).toEqual([O.none]);
    turns++;
  }
  expect(turns).toBeGreaterThan(20);
  await close();
});

it('finishes after a restart what was being dropped', async () => {
  const directory = newDirectory();
  const before = await openIn(directory);
  await answerOf(before.readModels.write(build, documents(5_000), { from: -1, to: 0 }));
  const dropping = answerOf(before.readModels.drop(build));
  await eventually(async () => (await answerOf(before.readModels.getMany(build, ['c-1']))).every(O.isNone));
  await before.close();
  await dropping;
  const { root, close } = await openIn(directory);
  const left = ['view-documents', 'view-entries', 'view-dropped'].map((name) => root.openDB({ name }));
  await eventually(() => left.every((table) => table.getKeysCount() === 0));
  await close();
});
