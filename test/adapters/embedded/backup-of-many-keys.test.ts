import { join } from 'node:path';
import { option as O } from 'fp-ts';
import { openDataKeys } from '../../../src/adapters/embedded/data-keys/open-data-keys.js';
import { inSlices } from '../../../src/application/kernel/in-slices.js';
import { answerOf } from '../../support/answer-of.js';
import { openedDirectory } from '../../support/embedded.js';
import { tempDirs } from '../../support/temp-dir.js';
import { startTypescript } from '../../support/typescript-child.js';

const newDir = tempDirs();

it('backs up and restores the keys of personal data with no more memory for many than for few', async () => {
  const [data, backup, restored] = [newDir(), join(newDir(), 'backup'), join(newDir(), 'restored')];
  await (await openedDirectory(data)).close();
  const written = openDataKeys(data);
  // More than the heap holds.
  const all = Array.from({ length: 8_000 }, (_, n) => ({ userId: `사용자-${n}`, key: Buffer.alloc(10_000, n) }));
  for (const slice of inSlices(all, 1_000))
    await Promise.all(slice.map(({ userId, key }) => answerOf(written.keys.offer(userId, key))));
  await written.close();

  const child = new URL('./children/back-up-and-restore.ts', import.meta.url);
  expect(await startTypescript(child, [data, backup, restored], { heapMiB: 80 }).ended).toBe(0);

  const { keys, close } = openDataKeys(restored);
  for (const { userId, key } of all) {
    const found = await answerOf(keys.find(userId));
    expect([userId, O.isSome(found) && key.equals(found.value)]).toEqual([userId, true]);
  }
  await close();
});
