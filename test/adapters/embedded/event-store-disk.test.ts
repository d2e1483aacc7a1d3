import { either as E } from 'fp-ts';
import { type RootDatabase } from 'lmdb';
import { openEventStore } from '../../../src/adapters/embedded/event-store/open-event-store.js';
import { openedDirectory } from '../../support/embedded.js';
import { answerOf } from '../../support/answer-of.js';
import { sampleEvents } from '../../support/event-samples.js';
import { eventually } from '../../support/eventually.js';
import { recordFeed } from '../../support/feed-recorder.js';
import { gate } from '../../support/message-samples.js';
import { tempDirs } from '../../support/temp-dir.js';
import { failingFlush } from './failing-flush.js';

const newDirectory = tempDirs();

it('says that it does not know while the disk does not answer; the same append again is then the one that was written', async () => {
  const data = await openedDirectory(newDirectory());
  const disk = gate();
  let frozen = false;
  const root: RootDatabase<unknown> = Object.create(data.root, {
    flushed: { get: () => (frozen ? disk.opened.then(() => data.root.flushed) : data.root.flushed) },
  });
  const { store, feed, close } = openEventStore(root, { timeoutMs: 500 });
  const subscriber = recordFeed(feed, -1);
  const [first, second] = [sampleEvents(2), sampleEvents(1, 2)];

  frozen = true;
  const unknown = store.append('s', -1, first)();
  await eventually(async () => (await answerOf(store.lastRevision('s'))) === 1);
  const behind = store.append('s', 1, second)();
  expect(await unknown).toEqual(E.left('AppendOutcomeUnknown'));
  // What waited behind it was never begun, and nothing more is taken meanwhile.
  expect(await behind).toEqual(E.left('EventStoreUnavailable'));
  expect(await store.append('other', -1, sampleEvents(1, 3))()).toEqual(E.left('EventStoreUnavailable'));
  // Nobody is shown what may yet be lost.
  expect(subscriber.events).toEqual([]);

  frozen = false;
  disk.open();
  await eventually(() => expect(subscriber.events).toHaveLength(2));
  expect(await answerOf(store.append('s', -1, first))).toMatchObject({ revision: 1 });
  expect(await answerOf(store.append('s', 1, second))).toMatchObject({ revision: 2 });
  await eventually(() => expect(subscriber.events).toHaveLength(3));
  expect(subscriber.events.map(({ id }) => id)).toEqual([...first, ...second].map(({ id }) => id));
  expect(await answerOf(store.lastRevision('other'))).toBe(-1);
  await close();
  await data.close();
});

it('says that it does not know when the disk failed after the append could be read, and shows it with the next one', async () => {
  const data = await openedDirectory(newDirectory());
  let failing = false;
  const root = failingFlush(data.root, () => failing);
  const { store, feed, close } = openEventStore(root);
  const subscriber = recordFeed(feed, -1);
  const [first, second, third] = [sampleEvents(2), sampleEvents(1, 2), sampleEvents(1, 3)];
  await answerOf(store.append('s', -1, first));

  failing = true;
  expect(await store.append('unsure', -1, second)()).toEqual(E.left('AppendOutcomeUnknown'));
  expect(await answerOf(store.lastRevision('unsure'))).toBe(0);
  expect(await answerOf(feed.head())).toBe(1);

  failing = false;
  expect(await answerOf(store.append('other', -1, third))).toMatchObject({ position: 3 });
  await eventually(() => expect(subscriber.events).toHaveLength(4));
  expect(subscriber.events.map(({ id }) => id)).toEqual([...first, ...second, ...third].map(({ id }) => id));
  expect(await answerOf(store.append('unsure', -1, second))).toMatchObject({ position: 2 });
  await close();
  await data.close();
});
