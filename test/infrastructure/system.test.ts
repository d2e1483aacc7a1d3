import { systemClock } from '../../src/infrastructure/system/system-clock.js';
import { uuidIds } from '../../src/infrastructure/system/uuid-ids.js';

test('ids sort by the time they were made', () => {
  const ids = Array.from({ length: 1_000 }, () => uuidIds.next());
  expect([...ids].sort()).toEqual(ids);
  expect(new Set(ids).size).toBe(1_000);
});

test('the clock wakes at a moment that is over, and not one that was cancelled', async () => {
  const woken: string[] = [];
  const cancel = systemClock.wakeAt(systemClock.now(), () => void woken.push('cancelled'));
  cancel();
  await new Promise<void>((resolve) => void systemClock.wakeAt(systemClock.now() - 5, resolve));
  expect(woken).toEqual([]);
});

test('a moment years away is waited for, not missed by an overflow', async () => {
  const woken: string[] = [];
  const cancel = systemClock.wakeAt(systemClock.now() + 100 * 365 * 86_400_000, () => void woken.push('too early'));
  await new Promise<void>((resolve) => void systemClock.wakeAt(systemClock.now() + 20, resolve));
  cancel();
  expect(woken).toEqual([]);
});
