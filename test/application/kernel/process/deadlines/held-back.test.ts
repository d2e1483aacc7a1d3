import { heldBack } from '../../../../../src/application/kernel/process/deadlines/carry-out-due.js';

const refund = { id: 'payment-refund/p1', kind: 'payment-refund', ref: {}, dueAt: 1_000 };

/** How long it is held back for after the next failure. */
const pauseAfter = (back: ReturnType<typeof heldBack>, now: number): number => {
  back.holdBack(refund, now);
  return back.earliest() - now;
};

test('the pause doubles with every failure, up to a minute', () => {
  const back = heldBack();
  const pauses = Array.from({ length: 8 }, (_, n) => pauseAfter(back, 1_000 + n));
  expect(pauses).toEqual([1_000, 2_000, 4_000, 8_000, 16_000, 32_000, 60_000, 60_000]);
});

test('having been too early any number of times is no failure: the pause after the first one is short', () => {
  const back = heldBack();
  for (let n = 0; n < 10; n += 1) back.holdBack(refund, 1_000 + n, 6_000);
  expect(back.isHeldBack(refund, 5_999)).toBe(true);
  expect(back.isHeldBack(refund, 6_000)).toBe(false);
  expect(pauseAfter(back, 6_000)).toBe(1_000);
});

test('a deadline that was moved starts anew', () => {
  const back = heldBack();
  for (let n = 0; n < 5; n += 1) back.holdBack(refund, 1_000);
  expect(back.isHeldBack({ ...refund, dueAt: 2_000 }, 2_000)).toBe(false);
});
