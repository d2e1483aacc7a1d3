import { extended, passedBy, tailOf } from '../../../src/adapters/eventstoredb/tail.js';
import { BEGINNING } from '../../../src/application/ports/event-store.js';
import { recorded } from '../../support/in-memory/recorded.js';

const at = (position: number, streamId = 'order-1') => recorded({ type: 'Happened' }, position, streamId);
const wanted = ['coupon-'];

describe('the last events recorded', () => {
  const tail = tailOf([at(10), at(20, 'coupon-1'), at(30), at(40), at(50, '$stats')], 5);

  it('let whoever asked for none of them pass to the last that is not the server’s own', () => {
    expect(passedBy(tail, 20, wanted)).toBe(40);
    expect(passedBy(tail, 35, wanted)).toBe(40);
  });

  it('leave to the subscription what was asked for, and say nothing to who has seen them', () => {
    expect(passedBy(tail, 15, wanted)).toBeNull();
    expect(passedBy(tail, 40, wanted)).toBeNull();
    expect(passedBy(tail, 60, wanted)).toBeNull();
  });

  it('say nothing to whoever has not come to their beginning: what is before them nobody looked at', () => {
    expect(passedBy(tail, 9, ['stock-'])).toBeNull();
    expect(passedBy(tail, 10, ['stock-'])).toBe(40);
    expect(passedBy(tailOf([at(10)], 5), BEGINNING, ['stock-'])).toBe(10);
    expect(passedBy(tailOf([], 5), BEGINNING, wanted)).toBeNull();
  });

  it('go on with what follows, and begin later as they become many', () => {
    const events = Array.from({ length: 999 }, (_, n) => at(60 + n));
    const longer = extended(tail, { events, position: 1_058, caughtUp: true });
    expect(longer).toMatchObject({ after: 40, position: 1_058, events: { length: 1_000 } });
    if (longer === null) return;
    expect(passedBy(longer, 39, wanted)).toBeNull();
    expect(passedBy(longer, 40, wanted)).toBe(1_058);
    expect(extended(longer, { events: [], position: 1_058, caughtUp: true })).toStrictEqual(longer);
  });

  it('are the last ones no more when more follows than was read', () => {
    expect(extended(tail, { events: [at(60)], position: 60, caughtUp: false })).toBeNull();
  });
});
