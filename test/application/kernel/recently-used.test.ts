import { whileUsed } from '../../../src/application/kernel/recently-used.js';
import { eventually } from '../../support/eventually.js';

const kept = (looksEveryMs: number) =>
  whileUsed<string, number>({ most: 10, idleMs: 20, sizeOf: (size) => size, looksEveryMs });

test('what was idle for too long is not found any more, and leaves the memory as others come', async () => {
  const cache = kept(0);
  cache.set('a', 1);
  await eventually(() => cache.get('a') === undefined);
  cache.set('b', 1);
  expect([...cache.rkeys()]).toEqual(['b']);
  expect(cache.calculatedSize).toBe(1);
});

test('what is set again stays, and the one used least recently goes when there is no room', () => {
  const cache = kept(60_000);
  cache.set('a', 4);
  cache.set('b', 4);
  cache.set('a', 4);
  cache.set('c', 4);
  expect([cache.has('a'), cache.has('b'), cache.has('c')]).toEqual([true, false, true]);
});

test('one that is larger than all there is room for is kept alone', () => {
  const cache = kept(60_000);
  cache.set('a', 1);
  cache.set('huge', 50);
  expect([...cache.keys()]).toEqual(['huge']);
});
