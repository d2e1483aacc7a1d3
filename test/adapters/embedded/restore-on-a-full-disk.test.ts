import { join } from 'node:path';
import { takeBackup } from '../../../src/adapters/embedded/backup/take-backup.js';
import { openEventStore } from '../../../src/adapters/embedded/event-store/open-event-store.js';
import { answerOf, rightOf } from '../../support/answer-of.js';
import { openedDirectory } from '../../support/embedded.js';
import { sampleEvent } from '../../support/event-samples.js';
import { tempDirs } from '../../support/temp-dir.js';
import { startTypescript } from '../../support/typescript-child.js';

const newDirectory = tempDirs();
const child = new URL('./children/restore-until-full.ts', import.meta.url);

const backedUp = async (): Promise<string> => {
  const [dataDirectory, target] = [newDirectory(), join(newDirectory(), 'one')];
  const { root, close } = await openedDirectory(dataDirectory);
  const { store } = openEventStore(root);
  await answerOf(store.append('s', -1, [sampleEvent(0)]));
  for (let n = 1; n <= 100; n += 1) await answerOf(store.append('s', n - 1, [sampleEvent(n, 'x'.repeat(40_000))]));
  await close();
  rightOf(await takeBackup({ dataDirectory, target, since: null, version: '1', now: '2026-11-28T12:00:00.000Z' }));
  return target;
};

test('a restore onto a disk that fills up says so, and leaves nothing behind', async () => {
  const backup = await backedUp();
  const { lines, ended } = startTypescript(child, [backup, newDirectory()], { largestFileKiB: 2_048 });
  expect(await ended).toBe(0);
  const { reason, isLeft } = JSON.parse(lines()[0] ?? '{}');
  expect(reason).toContain('Is the disk full?');
  expect(isLeft).toBe(false);
});
