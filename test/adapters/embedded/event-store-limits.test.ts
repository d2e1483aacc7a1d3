import { either as E } from 'fp-ts';
import {
  openEventStore,
  type EmbeddedEventStoreOptions,
} from '../../../src/adapters/embedded/event-store/open-event-store.js';
import { openedDirectory } from '../../support/embedded.js';
import { BEGINNING, NO_STREAM } from '../../../src/application/ports/event-store.js';
import { answerOf } from '../../support/answer-of.js';
import { sampleEvent, sampleEvents } from '../../support/event-samples.js';
import { eventually } from '../../support/eventually.js';
import { recordFeed } from '../../support/feed-recorder.js';
import { tempDirs } from '../../support/temp-dir.js';

const newDirectory = tempDirs();
const closing: Array<() => Promise<void>> = [];
afterEach(async () => {
  for (const close of closing.splice(0).reverse()) await close();
});

const opened = async (options?: EmbeddedEventStoreOptions, directory = newDirectory()) => {
  const { root, close } = await openedDirectory(directory);
  const store = openEventStore(root, options);
  closing.push(close, store.close);
  return { ...store, root, closeDirectory: close };
};

it('Appends beyond what may be in flight are refused at once, and taken again afterwards', async () => {
  const { store } = await opened({ maxInFlightBytes: 100_000 });
  const answers = await Promise.all(
    Array.from({ length: 20 }, (_, n) => store.append(`s-${n}`, -1, [sampleEvent(n, 'x'.repeat(20_000))])()),
  );
  expect(answers.slice(0, 4).every(E.isRight)).toBe(true);
  expect(answers.slice(4)).toEqual(Array.from({ length: 16 }, () => E.left('EventStoreUnavailable')));
  await answerOf(store.append('s-19', -1, [sampleEvent(19, 'x'.repeat(20_000))]));
});

it('A closed store refuses appends and finishes those it took', async () => {
  const { store, close } = await opened();
  const taken = store.append('s', -1, [sampleEvent()])();
  await close();
  expect(E.isRight(await taken)).toBe(true);
  expect(await store.append('s', 0, [sampleEvent()])()).toEqual(E.left('EventStoreUnavailable'));
});

it('Nothing more is written once another process has written to the same directory', async () => {
  const failures: unknown[] = [];
  const { root, store } = await opened({ onFailure: (error) => failures.push(error) });
  const { position } = await answerOf(store.append('s', -1, sampleEvents(2)));
  const records = root.openDB<Buffer, number>('event-records', { encoding: 'binary' });
  await records.put(position + 1, Buffer.from('of another process'));
  // Also where the last of these comes after what the other has written.
  for (const events of [sampleEvents(1), sampleEvents(3)]) {
    expect(await store.append('mine', -1, events)()).toEqual(E.left('EventStoreUnavailable'));
    expect(await answerOf(store.lastRevision('mine'))).toBe(-1);
  }
  expect(records.get(position + 1)?.toString()).toBe('of another process');
  expect(String(failures[0])).toContain('Another process writes events here');
});

it('A subscriber slower than memory is long reads on from disk, without gap or repeat', async () => {
  const { store, feed } = await opened({ recentBytes: 2_000 });
  const subscriber = recordFeed(feed, -1, { batchSize: 5 });
  for (let n = 0; n < 60; n++) await answerOf(store.append('s', n * 3 - 1, sampleEvents(3, n * 3)));
  await eventually(() => expect(subscriber.events).toHaveLength(180));
  expect(subscriber.events.map(({ revision }) => revision)).toEqual(Array.from({ length: 180 }, (_, n) => n));
});

it('Events are dropped once their stream need not keep them, and only those', async () => {
  let now = 1_790_000_000_000;
  const { store, feed, sweep } = await opened({ now: () => now });
  const old = sampleEvents(3);
  await answerOf(store.append('rejections-a', -1, old));
  await answerOf(store.append('coupon-a', -1, sampleEvents(2)));
  await answerOf(store.keepFor('rejections-a', 60));
  now += 59_000;
  expect(await answerOf(sweep())).toBe(0);
  await answerOf(store.append('rejections-a', 2, sampleEvents(2, 3)));
  now += 2_000;
  expect(await answerOf(sweep())).toBe(1);
  expect((await answerOf(store.readStream('rejections-a', 0, 10))).map(({ revision }) => revision)).toEqual([3, 4]);
  expect(await answerOf(store.readStream('coupon-a', 0, 10))).toHaveLength(2);
  expect(await store.append('rejections-a', -1, old)()).toEqual(E.left('RevisionConflict'));
  expect((await answerOf(store.append('rejections-a', 4, sampleEvents(1)))).revision).toBe(5);
  expect(await answerOf(feed.head())).toBe(7);
});

it('Positions are never given twice, not even when everything was dropped', async () => {
  let now = 1_790_000_000_000;
  const directory = newDirectory();
  const before = await opened({ now: () => now }, directory);
  await answerOf(before.store.append('rejections-a', -1, sampleEvents(3)));
  const { position } = await answerOf(before.store.append('rejections-a', 2, sampleEvents(3)));
  await answerOf(before.store.keepFor('rejections-a', 60));
  now += 100_000;
  expect(await answerOf(before.sweep())).toBe(1);
  for (const close of closing.splice(0).reverse()) await close();
  const after = await opened({ now: () => now }, directory);
  expect(await answerOf(after.feed.head())).toBe(position);
  const next = await answerOf(after.store.append('rejections-a', 5, sampleEvents(1)));
  expect(next.position).toBeGreaterThan(position);
});

it('Appends of one moment share a commit', async () => {
  const { store, root } = await opened();
  const commits = new Set<number>();
  root.on('aftercommit', ({ txnId }) => commits.add(txnId));
  await Promise.all(Array.from({ length: 200 }, (_, n) => answerOf(store.append(`s-${n}`, -1, [sampleEvent(n)]))));
  expect(commits.size).toBeLessThan(20);
});

it('Whoever asks after the environment was closed is told that the store is unavailable', async () => {
  const { store, feed, closeDirectory } = await opened();
  await answerOf(store.append('s', -1, [sampleEvent()]));
  await closeDirectory();
  expect(await store.readStream('s', 0, 1)()).toEqual(E.left('EventStoreUnavailable'));
  expect(await store.append('s', 0, [sampleEvent()])()).toEqual(E.left('EventStoreUnavailable'));
  expect(await store.keepFor('s', 1)()).toEqual(E.left('EventStoreUnavailable'));
  expect(E.isRight(await feed.head()())).toBe(true);
});

it('A subscriber whom nothing concerns is told how far the store has come, a few times at once and then every 25 ms', async () => {
  const { store, feed } = await opened();
  const told: number[] = [];
  const began = performance.now();
  const subscription = feed.subscribe(BEGINNING, async ({ position }) => void told.push(position), {
    streamPrefixes: ['theirs-'],
  });
  const first = await answerOf(store.append('ours-1', NO_STREAM, [sampleEvent()]));
  await eventually(() => told.includes(first.position));
  let last = first;
  for (let n = 2; n <= 100; n++) last = await answerOf(store.append(`ours-${n}`, NO_STREAM, [sampleEvent(n)]));
  await eventually(() => told.at(-1) === last.position);
  expect(told.length).toBeLessThanOrEqual((performance.now() - began) / 25 + 9);
  await subscription.stop();
});
