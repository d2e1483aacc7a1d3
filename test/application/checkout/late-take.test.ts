import { either as E } from 'fp-ts';
import { couponAndPointsActions } from '../../../src/application/checkout/drive/coupon-and-points.js';
import {
  handlePoints,
  pointsAggregate,
  pointsStream,
} from '../../../src/application/checkout/aggregates/points-aggregate.js';
import {
  handleIssuedCoupon,
  issuedCouponAggregate,
  issuedCouponStream,
} from '../../../src/application/coupon/issued-coupon-aggregate.js';
import { readAggregate } from '../../../src/application/kernel/writer/load-aggregate.js';
import { type EventStore, NO_STREAM } from '../../../src/application/ports/event-store.js';
import { type OrderEvent } from '../../../src/domain/order/events.js';
import { evolve, unknownOrder } from '../../../src/domain/order/order.js';
import { type PointsCharged } from '../../../src/domain/points/events.js';
import { answerOf } from '../../support/answer-of.js';
import { created, ofOrder, terms as lamp } from '../../support/checkout/lamp-order.js';
import { InMemoryEventStore } from '../../support/in-memory/event-store.js';
import { noSnapshots } from '../../support/in-memory/no-snapshots.js';
import { recordingLog, wallClock } from '../../support/in-memory/quiet.js';

const [userId, couponId] = [ofOrder.userId, 'spring'];
const terms = { ...lamp, couponId, points: 200 };
const orderAfter = (...events: ReadonlyArray<OrderEvent>) => events.reduce(evolve, unknownOrder);
const expired: OrderEvent = { type: 'OrderExpired', ...ofOrder };
const placing = orderAfter({ type: 'OrderPlacingStarted', ...terms, attempt: 1 });
const ranOut = orderAfter({ ...created, ...terms }, expired);
const charged: PointsCharged = { type: 'PointsCharged', userId, chargeId: 'c1', amount: 500, at: 1 };

/** Two processes on one store; `meanwhile` happens just before the slow one's append. */
const twoProcesses = async (meanwhile: (quick: ReturnType<typeof couponAndPointsActions>) => Promise<unknown>) => {
  const store = new InMemoryEventStore();
  let id = 0;
  const actionsOn = (eventStore: EventStore) => {
    const load = { eventStore, snapshots: noSnapshots, logger: recordingLog(), ids: { next: () => `id-${(id += 1)}` } };
    return couponAndPointsActions({
      handleIssuedCoupon: handleIssuedCoupon(load),
      handlePoints: handlePoints(load),
      clock: wallClock,
    });
  };
  await answerOf(
    store.append(pointsStream(userId), NO_STREAM, [{ id: 'c1', event: charged, metadata: { correlationId: 'trace' } }]),
  );
  const quick = actionsOn(store);
  let isFirst = true;
  const slow = actionsOn({
    readStream: store.readStream.bind(store),
    lastRevision: store.lastRevision.bind(store),
    keepFor: store.keepFor.bind(store),
    append: (streamId, expected, events) => async () => {
      if (isFirst) await meanwhile(quick);
      isFirst = false;
      return store.append(streamId, expected, events)();
    },
  });
  const read = readAggregate({ eventStore: store, snapshots: noSnapshots, logger: recordingLog() });
  return {
    slow,
    usedBy: async () =>
      (await answerOf(read(issuedCouponAggregate, issuedCouponStream(couponId, userId)))).state.usedBy,
    setAside: async () => (await answerOf(read(pointsAggregate, pointsStream(userId)))).state.reserved,
  };
};

describe.each([
  [
    'an attempt to place an order',
    placing,
    orderAfter(
      { type: 'OrderPlacingStarted', ...terms, attempt: 1 },
      { type: 'OrderNotPlaced', ...ofOrder, attempt: 1, refusals: [] },
    ),
  ],
  [
    'a late payment',
    ranOut,
    orderAfter({ ...created, ...terms }, expired, {
      type: 'OrderPaymentRefused',
      ...ofOrder,
      paymentId: 'p1',
      reason: 'ORDER_CANNOT_BE_PAID',
    }),
  ],
])('a process that is slow to take something for %s, which is over by then, and dies', (_, asItKnows, asItIs) => {
  test('leaves no coupon in use', async () => {
    const { slow, usedBy } = await twoProcesses((quick) => quick.giveBackCoupon(terms, asItIs, 'trace'));
    expect(E.isRight(await slow.redeem(terms, asItKnows, 'trace'))).toBe(true);
    expect(await usedBy()).toBeNull();
  });

  test('leaves no points set aside', async () => {
    const { slow, setAside } = await twoProcesses((quick) => quick.giveBackPoints(terms, asItIs, 'trace'));
    expect(E.isRight(await slow.reserve(terms, asItKnows, 'trace'))).toBe(true);
    expect(await setAside()).toBe(0);
  });
});
