import { either as E, taskEither as TE } from 'fp-ts';
import { readBoard } from '../../../../src/application/operating/board/read-board.js';
import { couponsView } from '../../../../src/application/coupon/coupons.js';
import { productsView } from '../../../../src/application/checkout/stock/views/products.js';
import { eventsView } from '../../../../src/application/shop-event/events.js';
import { waitingRoomsView } from '../../../../src/application/waiting-room/waiting-rooms.js';
import { noChallenge } from '../../../../src/domain/challenge-policy.js';
import { BEGINNING } from '../../../../src/application/ports/event-store.js';
import { InMemoryReadModels } from '../../../support/in-memory/read-models.js';
import { stoppedClock } from '../../../support/stopped-clock.js';

const T0 = Date.UTC(2026, 0, 1);

const spring = {
  couponId: 'spring',
  name: 'Spring',
  quantity: 10,
  issued: 3,
  discount: { kind: 'PERCENT', value: 10 },
  opensAt: null,
  closesAt: T0 + 60_000,
  eventId: null,
  challenge: noChallenge,
  sale: 'Open',
  paused: false,
  createdAt: T0,
  revision: 4,
};

/** A shop with one coupon, the engines of which are taken away one by one. */
const shop = async () => {
  const readModels = new InMemoryReadModels();
  for (const { name: view, version } of [couponsView, productsView, eventsView, waitingRoomsView]) {
    const build = { view, version, build: 1 };
    const entries = [{ index: 'all', key: 'all', sort: T0 }];
    const writes = view === couponsView.name ? [{ id: 'spring', document: spring, entries }] : [];
    expect(await readModels.write(build, writes, { from: BEGINNING, to: 1 })()).toStrictEqual(E.right(undefined));
    await readModels.flip(build)();
  }
  const away = { log: false, health: false };
  let now = T0;
  const read = readBoard({
    readModels,
    messageLog: {
      lag: () => async () =>
        away.log
          ? E.left('LogUnavailable')
          : E.right([{ partition: 0, head: 5, committed: 3, oldestUnprocessedAt: T0 }]),
    },
    clock: stoppedClock(() => now),
    measurements: { read: async () => [] },
    health: async () => ({ eventStore: away.health ? 'down' : 'ok' }),
    trouble: () => null,
    projections: () => TE.right([]),
    repair: () => TE.right({ deadLetters: 0, parkedOrders: 0, parkedStreams: 0 }),
  });
  return { readModels, away, read, pass: (ms: number) => void (now += ms) };
};

describe('the board', () => {
  test('shows what is sold as people see it at that moment, without what is not known', async () => {
    const { read, pass } = await shop();
    const { coupons, undecided, alarms } = await read();
    expect(coupons['spring']).toStrictEqual({
      name: 'Spring',
      status: 'OPEN',
      quantity: 10,
      issued: 3,
      remaining: 7,
      discount: { kind: 'PERCENT', value: 10 },
      challenge: noChallenge,
      createdAt: new Date(T0).toISOString(),
      closesAt: new Date(T0 + 60_000).toISOString(),
      usableUntil: new Date(T0 + 60_000).toISOString(),
    });
    expect(undecided).toStrictEqual({ 'coupon-issue-requests': { messages: 2, ageMs: 0 } });
    expect(alarms).toStrictEqual({});
    pass(60_000);
    expect((await read()).coupons['spring']?.status).toBe('CLOSED');
  });

  test('keeps what it saw last while an engine is away, and says so', async () => {
    const { read, readModels, away } = await shop();
    const before = await read();
    readModels.unavailable = true;
    away.log = true;
    away.health = true;
    const after = await read();
    expect(after.coupons).toStrictEqual(before.coupons);
    expect(after.undecided).toStrictEqual(before.undecided);
    expect(Object.keys(after.alarms).toSorted()).toStrictEqual([
      'ENGINE_DOWN:eventStore',
      'NOT_READ:log',
      'NOT_READ:shop',
    ]);
  });
});
