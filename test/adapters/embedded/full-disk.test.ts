import { openEventStore } from '../../../src/adapters/embedded/event-store/open-event-store.js';
import { openedDirectory } from '../../support/embedded.js';
import { answerOf } from '../../support/answer-of.js';
import { sampleEvent } from '../../support/event-samples.js';
import { readStreamCount } from '../../support/read-stream-count.js';
import { tempDirs } from '../../support/temp-dir.js';
import { startTypescript } from '../../support/typescript-child.js';

const newDirectory = tempDirs();
const child = new URL('./children/append-until-full.ts', import.meta.url);

it('says that a full disk is the trouble, writes nothing by halves, and goes on once there is room', async () => {
  const directory = newDirectory();
  const { lines, ended } = startTypescript(child, [directory], { largestFileKiB: 4_096 });
  expect(await ended).toBe(0);
  const { answer, reason, acknowledged, readable } = JSON.parse(lines()[0] ?? '{}');
  expect(answer).toBe('EventStoreUnavailable');
  expect(reason).toContain('Is the disk full?');
  expect(acknowledged).toBeGreaterThan(20);
  expect(readable).toBe(acknowledged);

  const { root, close } = await openedDirectory(directory);
  const { store } = openEventStore(root);
  expect(await readStreamCount(store, 's')).toBe(acknowledged);
  await answerOf(store.append('s', acknowledged - 1, [sampleEvent(0, 'x'.repeat(20_000))]));
  expect(await readStreamCount(store, 's')).toBe(acknowledged + 1);
  await close();
});
