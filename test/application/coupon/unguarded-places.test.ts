import { option as O, taskEither as TE } from 'fp-ts';
import { couponStream } from '../../../src/application/coupon/coupon-aggregate.js';
import { type RemainingOf, remainingOf, unguardedPlaces } from '../../../src/application/coupon/unguarded-places.js';
import { NO_STREAM } from '../../../src/application/ports/event-store.js';
import { answerOf } from '../../support/answer-of.js';
import { InMemoryEventStore } from '../../support/in-memory/event-store.js';
import { recordingLog } from '../../support/in-memory/quiet.js';
import { stoppedClock } from '../../support/stopped-clock.js';

describe('accepting without the gate', () => {
  let now: number;
  let asked: number;
  let remaining: ReturnType<RemainingOf>;
  beforeEach(() => {
    now = 1_000_000;
    asked = 0;
  });
  const places = () =>
    unguardedPlaces(
      () => {
        asked += 1;
        return remaining;
      },
      stoppedClock(() => now),
    );
  const takenBy = async (take: ReturnType<typeof places>, people: number) => {
    const answers = await Promise.all(Array.from({ length: people }, () => take('spring')));
    return answers.filter((answer) => answer === 'Go').length;
  };

  it('lets as many through as were left when it began, though thousands ask, and reads once', async () => {
    remaining = TE.right(O.some(300));
    const take = places();
    expect(await takenBy(take, 5_000)).toBe(300);
    expect(await take('spring')).toBe('Full');
    expect(asked).toBe(1);
  });

  it('still lets no more through while the gate comes and goes and nothing is decided', async () => {
    remaining = TE.right(O.some(300));
    const take = places();
    let taken = 0;
    for (let seconds = 0; seconds < 30; seconds += 1) {
      taken += await takenBy(take, 100);
      now += 999;
    }
    expect(taken).toBe(300);
  });

  it('says sold out once the events say so', async () => {
    remaining = TE.right(O.some(2));
    const take = places();
    expect(await takenBy(take, 5)).toBe(2);
    remaining = TE.right(O.some(0));
    now += 2_001;
    expect(await take('spring')).toBe('SoldOut');
  });

  it('lets more through when what it let through is decided and some are left', async () => {
    remaining = TE.right(O.some(2));
    const take = places();
    await takenBy(take, 2);
    remaining = TE.right(O.some(1));
    now += 30_001;
    expect(await takenBy(take, 5)).toBe(1);
  });

  it('knows a coupon that is not there', async () => {
    remaining = TE.right(O.none);
    expect(await places()('spring')).toBe('NotFound');
  });

  it('lets people in again soon after the quantity of a coupon that was sold out is raised', async () => {
    remaining = TE.right(O.some(0));
    const take = places();
    expect(await take('spring')).toBe('SoldOut');
    remaining = TE.right(O.some(50));
    now += 2_001;
    expect(await takenBy(take, 200)).toBe(50);
  });

  it('lets people in soon after a coupon is created that somebody asked for before', async () => {
    remaining = TE.right(O.none);
    const take = places();
    expect(await take('spring')).toBe('NotFound');
    remaining = TE.right(O.some(50));
    now += 2_001;
    expect(await takenBy(take, 200)).toBe(50);
  });

  it('lets a bounded number through when nothing can be read of the coupon', async () => {
    remaining = TE.left('away');
    expect(await takenBy(places(), 5_000)).toBe(100);
  });

  it('lets a bounded number through when the coupon holds an event that this version cannot read', async () => {
    const eventStore = new InMemoryEventStore();
    const unheard = { id: 'e1', event: { type: 'CouponDoubled' }, metadata: { correlationId: 'test' } };
    await answerOf(eventStore.append(couponStream('spring'), NO_STREAM, [unheard]));
    remaining = remainingOf({ eventStore, logger: recordingLog() })('spring');
    const take = places();
    expect(await takenBy(take, 5_000)).toBe(100);
    now += 2_001;
    expect(await take('spring')).toBe('Full');
    expect(asked).toBe(2);
  });

  it('fails the requests that a fault in reading meets, and reads again for the next', async () => {
    remaining = () => Promise.reject(new Error('a fault'));
    const take = places();
    await expect(take('spring')).rejects.toThrow('a fault');
    remaining = TE.right(O.some(1));
    expect(await take('spring')).toBe('Go');
    expect(asked).toBe(2);
  });
});
