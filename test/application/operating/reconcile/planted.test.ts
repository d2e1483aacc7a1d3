import { option as O, taskEither as TE } from 'fp-ts';
import { orderProjections } from '../../../../src/application/checkout/views.js';
import { couponProjections } from '../../../../src/application/coupon/coupon-projections.js';
import { couponRequestMessage } from '../../../../src/application/coupon/coupon-request-message.js';
import { COUPON_ISSUE_GROUP, COUPON_ISSUE_REQUESTS } from '../../../../src/application/kernel/messaging/topics.js';
import { listParkedStreams } from '../../../../src/application/kernel/process/operate-parking.js';
import { parkedStreamsView } from '../../../../src/application/kernel/process/parked-streams-view.js';
import { projectionOf } from '../../../../src/application/kernel/projection/projection.js';
import { startProjections } from '../../../../src/application/kernel/projection/start-projections.js';
import { allOutcomesView } from '../../../../src/application/operating/all-projections.js';
import { requestsSetAside } from '../../../../src/application/operating/dead-letters/requests-set-aside.js';
import { reconcile } from '../../../../src/application/operating/reconcile/reconcile.js';
import { waitingRoomsView } from '../../../../src/application/waiting-room/waiting-rooms.js';
import { rightOf } from '../../../support/answer-of.js';
import { eventually } from '../../../support/eventually.js';
import { InMemoryEventStore } from '../../../support/in-memory/event-store.js';
import { inMemoryLeases } from '../../../support/in-memory/leases.js';
import { InMemoryMessageLog } from '../../../support/in-memory/message-log.js';
import { noSnapshots } from '../../../support/in-memory/no-snapshots.js';
import { recordingLog, recordingMetrics, wallClock } from '../../../support/in-memory/quiet.js';
import { InMemoryReadModels } from '../../../support/in-memory/read-models.js';
import { ordinaryTerms } from '../../../support/ordinary-terms.js';

const DAY = 86_400_000;
const now = Date.now();
const at = now - DAY;

type Fact = Readonly<Record<string, unknown>> & { readonly type: string };
type History = Readonly<Record<string, ReadonlyArray<Fact>>>;

const [orderId, userId, productId, couponId, paymentId] = ['o1', 'ana', 'ticket', 'tenth', 'pay1'];
const ofOrder = { orderId, userId, at };
const ofGoods = { productId, orderId, quantity: 1, at };
const ofPayment = { paymentId, orderId, userId, amount: 500, at };
const product = { type: 'ProductCreated', productId, name: 'Ticket', price: 500, stock: 3, eventId: null, at };
const stocked = { ...product, ...ordinaryTerms };
const reserved = { type: 'StockReserved', ...ofGoods, expiresAt: now + DAY };
const deducted = { type: 'StockDeducted', ...ofGoods };
const ordered = (terms: object = {}): Fact => ({
  type: 'OrderCreated',
  ...ofOrder,
  lines: [{ productId, quantity: 1, unitPrice: 500 }],
  shipping: {},
  couponId: null,
  discount: 0,
  points: 0,
  total: 500,
  holdExpiresAt: now + DAY,
  ...terms,
});
const pending = { type: 'OrderPaymentPending', ...ofOrder, paymentId };
const paid = { type: 'OrderPaid', ...ofOrder, paymentId };
const confirmed = { type: 'OrderConfirmed', ...ofOrder };
const cancelled = { type: 'OrderCancelled', ...ofOrder, reason: 'why not' };
const prepared = { type: 'PaymentPrepared', ...ofPayment };
const started = { type: 'PaymentApprovalStarted', ...ofPayment, gatewayPaymentId: 'g1', holdUntil: now };
const charged = { type: 'PaymentCompleted', ...ofPayment, gatewayPaymentId: 'g1' };
const refunding = { type: 'PaymentRefundRequested', ...ofPayment, reason: 'late' };
const pointsCharged = { type: 'PointsCharged', userId, chargeId: 'c', amount: 500, at };
const pointsReserved = { type: 'PointsReserved', userId, orderId, amount: 200, expiresAt: now, at };
const redeemed = { type: 'CouponRedeemed', couponId, ...ofOrder, expiresAt: now };
const newer = { type: 'WrittenByANewerVersion', at };
const delivery = { type: 'DeliveryCreated', ...ofOrder, shipping: {} };

const terms = {
  activeLimit: 1,
  activeTtl: 9_000,
  admitPerSecond: null,
  waitingIdle: 1_000,
  claimWithin: 1_000,
  activeIdle: 500,
};
const token = { scheduleId: 'doors', tokenId: 't1', userId };
const letIn: ReadonlyArray<Fact> = [
  { type: 'ScheduleConfigured', scheduleId: 'doors', terms, at },
  { type: 'TokenJoined', ...token, place: 1, idleAt: at + 1_000, at },
  { type: 'TokenActivated', ...token, place: 1, claimBy: at + 1_000, expiresAt: at + 9_000, at },
];
const sold: Fact = {
  type: 'CouponCreated',
  couponId: 'half',
  name: 'Half',
  quantity: 1,
  discount: { kind: 'PERCENT', value: 50 },
  opensAt: null,
  closesAt: null,
  eventId: null,
  at,
};
const issued = { type: 'CouponIssued', couponId: 'half', userId, requestId: 'r1', place: 1, at };

/** A shop in which nothing is wrong: one order bought and delivered, one coupon given out, one place taken and left. */
const sound: History = {
  'stock-ticket': [stocked, reserved, deducted],
  'order-o1': [ordered(), pending, paid, confirmed],
  'payment-pay1': [prepared, started, charged],
  'delivery-o1': [delivery],
  'coupon-half': [sold, issued],
  'waitingRoom-doors': [...letIn, { type: 'TokenExpired', ...token, place: 1, reason: 'IDLE', at: at + 1_000 }],
};

const look = async (history: History, accepted: ReadonlyArray<string> = ['r1']) => {
  const eventStore = new InMemoryEventStore(() => at);
  const messageLog = new InMemoryMessageLog(() => at);
  const readModels = new InMemoryReadModels();
  let id = 0;
  for (const [streamId, events] of Object.entries(history))
    await eventStore.append(
      streamId,
      -1,
      events.map((event) => ({
        id: `e${(id += 1)}`,
        event,
        metadata: { correlationId: `${streamId} at ${String(event['at'])}` },
      })),
    )();
  for (const requestId of accepted) {
    const asked = couponRequestMessage({ couponId: 'half', userId, requestId, at: now }, { correlationId: 'test' });
    await messageLog.publish(COUPON_ISSUE_REQUESTS, asked)();
  }
  messageLog.commitAll(COUPON_ISSUE_REQUESTS, COUPON_ISSUE_GROUP);
  const log = recordingLog();
  const projecting = { feed: eventStore, readModels, clock: wallClock, leases: inMemoryLeases(), log };
  const views = [projectionOf(allOutcomesView), projectionOf(waitingRoomsView), projectionOf(parkedStreamsView)];
  const projections = [...couponProjections, ...orderProjections, ...views];
  const running = startProjections({ ...projecting, metrics: recordingMetrics() })(projections);
  await running.ready;
  const noneHeld = { items: [], nextCursor: null };
  const gate = {
    inspect: () => TE.right(O.none),
    pendingSince: () => TE.right(noneHeld),
    drop: () => TE.right(undefined),
  };
  const listParked = listParkedStreams({ readModels });
  const loading = { eventStore, snapshots: noSnapshots, logger: log };
  const setAside = requestsSetAside({ ...projecting, ...loading, messageLog });
  const drive = () => TE.left({ step: 'LOAD', kind: 'Wait', reason: 'only told' } as const);
  const ports = {
    ...projecting,
    ...loading,
    messageLog,
    gate,
    running,
    drive,
    listParkedStreams: listParked,
    setAside,
  };
  try {
    return await eventually(async () => {
      const found = rightOf(await reconcile(ports, projections)({ correlationId: 'op' })());
      if (found.findings.some(({ kind }) => kind === 'STALE_VIEW')) throw new Error('A view is not up to date');
      return found.findings.map(({ kind, subject, detail }) => ({ kind, subject, detail }));
    });
  } finally {
    await running.stop();
  }
};

test('where nothing is wrong nothing is found', async () => {
  expect(await look(sound)).toEqual([]);
});

const declined = { type: 'PaymentDeclined', ...ofPayment, code: 'no' };
test.each([
  ['of which the gateway has said nothing for hours', [], { type: 'OrderExpired', ...ofOrder }],
  [
    'that came after its decline and is not given back',
    [declined, { ...refunding, reason: 'DECLINED_BEFORE' }],
    { type: 'OrderFailed', ...ofOrder, reason: 'PAYMENT_DECLINED' },
  ],
])('a charge %s is found, although its order is over', async (_, since, over) => {
  const payment = { 'payment-pay1': [prepared, started, ...since] };
  expect(await look({ 'stock-ticket': [stocked], ...payment, 'order-o1': [ordered(), pending, over] }, [])).toEqual([
    { kind: 'BROKEN_PROMISE', subject: orderId, detail: expect.stringContaining('every payer is told') },
  ]);
});

test('goods held for an order that a newer version has placed are not called leaked', async () => {
  const { type: _, ...wanted } = ordered();
  const placing = { ...wanted, type: 'OrderPlacingStarted', attempt: 1 };
  const found = await look({
    ...sound,
    'stock-ticket': [stocked, reserved],
    'order-o1': [placing, newer],
    'payment-pay1': [],
    'delivery-o1': [],
  });
  expect(found).toEqual([
    { kind: 'PARKED_STREAM', subject: 'order-o1', detail: expect.stringContaining('upgrade first') },
  ]);
});

const nothingTaken: History = { 'stock-ticket': [stocked], 'payment-pay1': [], 'delivery-o1': [] };

/** What is planted, how it is told, by which rule, and of what. */
test.each<[string, string, string, string, History, ReadonlyArray<string>?]>([
  [
    'a hold without an order',
    'LEAKED_RESERVATION',
    'holds without a live order',
    orderId,
    { ...nothingTaken, 'order-o1': [], 'stock-ticket': [stocked, reserved] },
  ],
  [
    'a hold of an order that is over',
    'LEAKED_RESERVATION',
    'holds without a live order',
    orderId,
    { ...nothingTaken, 'order-o1': [ordered(), cancelled], 'stock-ticket': [stocked, reserved] },
  ],
  [
    'an order whose goods were given back',
    'BROKEN_PROMISE',
    'orders that stand and whose goods were given back',
    orderId,
    {
      ...nothingTaken,
      'order-o1': [ordered()],
      'stock-ticket': [stocked, reserved, { type: 'StockReleased', ...ofGoods, reason: 'CANCELLED' }],
    },
  ],
  [
    'goods deducted for an order nobody paid',
    'STOCK_MISMATCH',
    'goods deducted for an order that is not paid',
    orderId,
    { ...nothingTaken, 'order-o1': [ordered()], 'stock-ticket': [stocked, reserved, deducted] },
  ],
  [
    'more held than there is',
    'STOCK_MISMATCH',
    'moments at which more was held than there was',
    productId,
    {
      ...sound,
      'stock-ticket': [
        { ...stocked, stock: 0 },
        reserved,
        deducted,
        { type: 'StockReceived', productId, deliveryNote: 'n', quantity: 1, at },
      ],
    },
  ],
  [
    'a gateway payment used twice',
    'GATEWAY_PAYMENT_REUSED',
    'payment pay1 of order o1, payment pay2 of order o2',
    'g1',
    {
      'payment-pay2': [
        { ...prepared, paymentId: 'pay2', orderId: 'o2' },
        { ...started, paymentId: 'pay2', orderId: 'o2' },
      ],
      'order-o2': [ordered({ orderId: 'o2', lines: [] })],
    },
  ],
  [
    'a 202 of a coupon without an answer',
    'BROKEN_PROMISE',
    'every accepted request is answered: r2',
    'half',
    {},
    ['r1', 'r2'],
  ],
  [
    'an ACTIVE place that was not kept',
    'BROKEN_PROMISE',
    'users who were let in kept their place as long as they were told',
    'doors',
    { 'waitingRoom-doors': [...letIn, { type: 'TokenExpired', ...token, place: 1, reason: 'IDLE', at: at + 500 }] },
  ],
  [
    'an order that was paid for and is nowhere',
    'BROKEN_PROMISE',
    'an order that was shown or is paid for stands',
    orderId,
    { ...nothingTaken, 'order-o1': [], 'payment-pay1': [prepared, started, charged] },
  ],
  [
    'an order paid and never confirmed',
    'BROKEN_PROMISE',
    'every payer is told: confirmed, or refunded',
    orderId,
    { 'order-o1': [ordered(), pending, paid] },
  ],
  [
    'an order cancelled and never refunded',
    'LEAKED_RESERVATION',
    'every other payment',
    orderId,
    {
      ...nothingTaken,
      'order-o1': [ordered(), pending, paid, cancelled],
      'payment-pay1': [prepared, started, charged],
    },
  ],
  [
    'a refund that never ends',
    'BROKEN_PROMISE',
    'every payer is told: confirmed, or refunded',
    orderId,
    {
      ...nothingTaken,
      'order-o1': [ordered(), pending, paid, cancelled],
      'payment-pay1': [prepared, started, charged, refunding],
    },
  ],
  [
    'points reserved without an order',
    'LEAKED_RESERVATION',
    'points',
    orderId,
    { ...nothingTaken, 'order-o1': [], 'points-ana': [pointsCharged, pointsReserved] },
  ],
  [
    'points kept by an order that is over',
    'LEAKED_RESERVATION',
    'points',
    orderId,
    {
      ...nothingTaken,
      'order-o1': [ordered({ points: 200 }), cancelled],
      'points-ana': [pointsCharged, pointsReserved],
    },
  ],
  [
    'points that an order should use and does not',
    'BROKEN_PROMISE',
    'points',
    orderId,
    { 'order-o1': [ordered({ points: 200 }), pending, paid, confirmed] },
  ],
  [
    'a coupon used by no order',
    'LEAKED_RESERVATION',
    'coupon',
    orderId,
    { ...nothingTaken, 'order-o1': [], 'issuedCoupon-tenth.ana': [redeemed] },
  ],
  [
    'a coupon used by an order that is over',
    'LEAKED_RESERVATION',
    'coupon',
    orderId,
    { ...nothingTaken, 'order-o1': [ordered({ couponId }), cancelled], 'issuedCoupon-tenth.ana': [redeemed] },
  ],
  [
    'a coupon that an order should use and does not',
    'BROKEN_PROMISE',
    'coupon',
    orderId,
    { 'order-o1': [ordered({ couponId }), pending, paid, confirmed] },
  ],
  [
    'a parked stream',
    'PARKED_STREAM',
    'relay passes it over',
    'payment-pay1',
    {
      'parking-relay': [
        {
          type: 'StreamParked',
          consumer: 'relay',
          streamId: 'payment-pay1',
          revision: 1,
          eventType: 'Unheard',
          reason: 'unknown',
          at,
        },
      ],
    },
  ],
  [
    'a coupon of which not everything can be read',
    'PARKED_STREAM',
    'cannot be judged',
    'coupon-half',
    { 'coupon-half': [sold, { ...issued, place: 2 }, newer] },
  ],
  [
    'a waiting room of which not everything can be read',
    'PARKED_STREAM',
    'cannot be judged',
    'waitingRoom-doors',
    { 'waitingRoom-doors': [...letIn, newer] },
  ],
  [
    'an order of which not everything can be read',
    'PARKED_STREAM',
    'cannot be judged',
    'points-ana',
    { 'order-o1': [ordered({ points: 200 }), pending, paid, confirmed], 'points-ana': [pointsCharged, newer] },
  ],
])('%s is found', async (...[, kind, rule, subject, planted, accepted]) => {
  const findings = await look({ ...sound, ...planted }, accepted);
  expect(findings).toContainEqual({ kind, subject, detail: expect.stringContaining(rule) });
  // And nothing is told of what is in order.
  expect(new Set(findings.map((each) => each.subject)).size).toBe(1);
});
