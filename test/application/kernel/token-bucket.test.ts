import { tokenBucket } from '../../../src/application/kernel/token-bucket.js';

const bucket = () => {
  const time = { now: 1_000 };
  const { take } = tokenBucket(() => time.now, { size: 3, everyMs: 100 });
  return { take, after: (ms: number) => void (time.now += ms) };
};

test('a bucket has its tokens at once, and tells how long the next one takes', () => {
  const { take, after } = bucket();
  expect([take(), take(), take(), take()]).toEqual([0, 0, 0, 100]);
  after(60);
  expect(take()).toBe(40);
  after(40);
  expect([take(), take()]).toEqual([0, 100]);
});

test('however long nobody takes one, it never has more than it holds', () => {
  const { take, after } = bucket();
  after(1_000_000);
  expect([take(), take(), take(), take()]).toEqual([0, 0, 0, 100]);
  after(1_000_000);
  expect([take(), take(), take(), take()]).toEqual([0, 0, 0, 100]);
});
