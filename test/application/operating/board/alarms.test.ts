import { unknownHealth } from '../../../../src/application/operating/board/board.js';
import { alarmsOf, type Watched } from '../../../../src/application/operating/board/read-board.js';

const calm: Watched = { ...unknownHealth, engines: { eventStore: 'ok' }, trouble: null, notRead: [] };
const view = { state: 'LIVE', events: 0, ageMs: 0 } as const;

describe('the alarms of the board', () => {
  test('are none while everything runs, though a little is always on its way', () => {
    const undecided = { 'coupon-issue-requests': { messages: 40, ageMs: 900 } };
    expect(alarmsOf({ ...calm, undecided, views: { orders: { ...view, events: 3, ageMs: 400 } } })).toStrictEqual([]);
  });

  test('name what is down, what stands still, and what people wait for', () => {
    const raised = alarmsOf({
      ...calm,
      engines: { eventStore: 'down', messageLog: 'degraded' },
      views: { orders: { ...view, state: 'STUCK', events: 9 }, coupons: { ...view, ageMs: 11_000 } },
      undecided: { 'coupon-issue-requests': { messages: 400, ageMs: 12_000 } },
      repair: { deadLetters: 2, parkedOrders: 0, parkedStreams: 1 },
      trouble: 'DISK_LOW',
      notRead: ['shop'],
    });
    expect(raised.map(({ kind, severity, subject, count }) => [kind, severity, subject ?? count])).toStrictEqual([
      ['DISK', 'critical', 'DISK_LOW'],
      ['ENGINE_DOWN', 'critical', 'eventStore'],
      ['ENGINE_DEGRADED', 'warning', 'messageLog'],
      ['VIEW_STUCK', 'critical', 'orders'],
      ['VIEW_BEHIND', 'warning', 'coupons'],
      ['REQUESTS_WAIT', 'critical', 'coupon-issue-requests'],
      ['DEAD_LETTERS', 'warning', 2],
      ['PARKED_STREAMS', 'warning', 1],
      ['NOT_READ', 'warning', 'shop'],
    ]);
  });
});
