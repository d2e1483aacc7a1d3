import { RecentEvents } from '../../../src/adapters/eventstoredb/recent-events.js';
import { recorded } from '../../support/in-memory/recorded.js';

const at = (position: number, following = 0) => ({
  event: recorded({ type: 'Happened' }, position, 'order-1'),
  following,
});
const positions = (recent: RecentEvents, seen: number) => recent.behind(seen).map(({ event }) => event.position);

describe('the last events that came in', () => {
  it('are given to those who have seen what was before them, from where they stand', () => {
    const recent = new RecentEvents(100);
    [110, 120, 130].forEach((position) => recent.add(at(position)));
    expect(recent.covers(99)).toBe(false);
    expect(recent.covers(100)).toBe(true);
    expect(positions(recent, 100)).toEqual([110, 120, 130]);
    expect(positions(recent, 115)).toEqual([120, 130]);
    expect(positions(recent, 200)).toEqual([]);
  });

  it('are found by their position', () => {
    const recent = new RecentEvents(100);
    [110, 120].forEach((position) => recent.add(at(position)));
    expect(recent.at(110)?.position).toBe(110);
    expect(recent.at(115)).toBeUndefined();
  });

  it('tell how much of the last append is still to come, also of one that began before them', () => {
    const recent = new RecentEvents(100);
    expect(recent.toFollow()).toBe(0);
    recent.add(at(110, 1));
    expect(recent.toFollow()).toBe(1);
    const after = new RecentEvents(110, recent.toFollow());
    expect(after.toFollow()).toBe(1);
    after.add(at(120));
    expect(after.toFollow()).toBe(0);
  });

  it('are no more than ten thousand, and cover nobody who has not seen those let go', () => {
    const recent = new RecentEvents(-1);
    for (let position = 0; position < 12_345; position += 1) recent.add(at(position));
    expect(recent.covers(4_998)).toBe(false);
    expect(recent.covers(4_999)).toBe(true);
    expect(positions(recent, 4_999)).toHaveLength(7_345);
  });
});
