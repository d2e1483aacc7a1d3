import { extended, passedBy, tailOf } from '../../../src/adapters/eventstoredb/tail.js';
import { BEGINNING } from '../../../src/application/ports/event-store.js';
import { recorded } from '../../support/in-memory/recorded.js';

const at = (position: number, streamId = 'order-1') => recorded({ type: 'Happened' }, position, streamId);
const wanted = (streamId: string): boolean => streamId.startsWith('coupon-');
const ofStock = (streamId: string): boolean => streamId.startsWith('stock-');

describe('the last events recorded', () => {
  const tail = tailOf([at(10), at(20, 'coupon-1'), at(30), at(40), at(50, '$stats')], 5);

  it('let a reader that asked for none of them move on to the last one that is not the server’s own', () => {
    expect(passedBy(tail, 20, wanted)).toEqual({ ours: 40, seen: 50 });
    expect(passedBy(tail, 35, wanted)).toEqual({ ours: 40, seen: 50 });
  });

  it('leave events that were asked for to the subscription, and report nothing to a reader that has seen them', () => {
    expect(passedBy(tail, 15, wanted)).toBe('wanted');
    expect(passedBy(tail, 50, wanted)).toBeNull();
    expect(passedBy(tail, 60, wanted)).toBeNull();
    expect(passedBy(tailOf([], 5), BEGINNING, wanted)).toBeNull();
  });

  it('let pass the server’s own alone, and tell of none that is not', () => {
    expect(passedBy(tail, 40, wanted)).toEqual({ ours: BEGINNING, seen: 50 });
  });

  it('are unknown to a reader that is before their beginning, because earlier events were not looked at', () => {
    expect(passedBy(tail, 9, ofStock)).toBe('unknown');
    expect(passedBy(tail, 10, ofStock)).toEqual({ ours: 40, seen: 50 });
    expect(passedBy(tailOf([at(10)], 5), BEGINNING, ofStock)).toEqual({ ours: 10, seen: 10 });
  });

  it('go on with what follows, and begin later as they become many', () => {
    const longer = extended(
      tail,
      Array.from({ length: 9_999 }, (_, n) => at(60 + n)),
    );
    expect(longer).toMatchObject({ after: 40, position: 10_058, events: { length: 10_000 } });
    expect(passedBy(longer, 39, wanted)).toBe('unknown');
    expect(passedBy(longer, 40, wanted)).toEqual({ ours: 10_058, seen: 10_058 });
    expect(extended(longer, [])).toStrictEqual(longer);
  });
});
