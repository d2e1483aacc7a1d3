import { taskEither as TE } from 'fp-ts';
import { gatewayPaymentsView } from '../../../../src/application/checkout/payment/views/gateway-payments.js';
import { noTraces } from '../../../../src/application/checkout/audit/order-traces.js';
import { verifyOrder } from '../../../../src/application/checkout/audit/verify-order.js';
import { verifyOrderStock } from '../../../../src/application/checkout/audit/verify-order-stock.js';
import { InMemoryEventStore } from '../../../support/in-memory/event-store.js';
import { noSnapshots } from '../../../support/in-memory/no-snapshots.js';
import { recordingLog } from '../../../support/in-memory/quiet.js';
import { answerOf } from '../../../support/answer-of.js';
import { ordinaryTerms } from '../../../support/ordinary-terms.js';

const at = 1_000;
const expiresAt = 5_000;
const [orderId, userId, productId, couponId, paymentId] = ['o1', 'ana', 'ticket', 'tenth', 'pay1'];
const ofOrder = { orderId, userId, at };
const ofGoods = { productId, orderId, quantity: 2, at };
const ofPayment = { paymentId, orderId, userId, amount: 700, at };

type Fact = Readonly<Record<string, unknown>> & { readonly type: string };
type History = Readonly<Record<string, ReadonlyArray<Fact>>>;
const created = {
  type: 'OrderCreated',
  ...ofOrder,
  lines: [{ productId, quantity: 2, unitPrice: 500 }],
  shipping: { recipient: 'Ana', address: 'Harbour 1', phone: null },
  couponId,
  discount: 100,
  points: 200,
  total: 700,
  holdExpiresAt: expiresAt,
};
const product = { type: 'ProductCreated', productId, name: 'Ticket', price: 500, stock: 3, eventId: null, at };
const stocked = { ...product, ...ordinaryTerms };
const pending = { type: 'OrderPaymentPending', ...ofOrder, paymentId };
const prepared = { type: 'PaymentPrepared', ...ofPayment };
const started = { type: 'PaymentApprovalStarted', ...ofPayment, gatewayPaymentId: 'g1', holdUntil: expiresAt };
const charged = { type: 'PaymentCompleted', ...ofPayment, gatewayPaymentId: 'g1' };
const reserved = { type: 'StockReserved', ...ofGoods, expiresAt };
const redeemed = { type: 'CouponRedeemed', couponId, ...ofOrder, expiresAt };
const pointsCharged = { type: 'PointsCharged', userId, chargeId: 'c1', amount: 500, at };
const pointsReserved = { type: 'PointsReserved', userId, orderId, amount: 200, expiresAt, at };

/** An order of two, with coupon and points, bought and fulfilled as it should be. */
const fulfilled: History = {
  'order-o1': [created, pending, { type: 'OrderPaid', ...ofOrder, paymentId }, { type: 'OrderConfirmed', ...ofOrder }],
  'payment-pay1': [prepared, started, charged],
  'stock-ticket': [stocked, reserved, { type: 'StockDeducted', ...ofGoods }],
  'points-ana': [pointsCharged, pointsReserved, { type: 'PointsDeducted', userId, orderId, amount: 200, at }],
  'issuedCoupon-tenth.ana': [redeemed],
  'delivery-o1': [{ type: 'DeliveryCreated', ...ofOrder, shipping: created.shipping }],
};
const cancelledDelivery = { type: 'DeliveryCancelled', orderId, at };
/** The same order, cancelled after it was fulfilled. */
const undone: History = {
  'order-o1': [...(fulfilled['order-o1'] ?? []), { type: 'OrderCancelled', ...ofOrder, reason: 'why not' }],
  'payment-pay1': [
    ...(fulfilled['payment-pay1'] ?? []),
    { type: 'PaymentRefundRequested', ...ofPayment, reason: 'x' },
    { type: 'PaymentRefunded', ...ofPayment },
  ],
  'stock-ticket': [...(fulfilled['stock-ticket'] ?? []), { type: 'StockRestored', ...ofGoods }],
  'points-ana': [...(fulfilled['points-ana'] ?? []), { type: 'PointsRefunded', userId, orderId, amount: 200, at }],
  'delivery-o1': [...(fulfilled['delivery-o1'] ?? []), cancelledDelivery],
  'issuedCoupon-tenth.ana': [redeemed, { type: 'CouponRestored', couponId, ...ofOrder }],
};

const world = async (history: History) => {
  const eventStore = new InMemoryEventStore(() => at);
  let id = 0;
  for (const [streamId, events] of Object.entries(history))
    await eventStore.append(
      streamId,
      -1,
      events.map((event) => ({ id: `e${(id += 1)}`, event, metadata: { correlationId: 'trace' } })),
    )();
  const paymentsWithNumber = (number: string) =>
    TE.fromTask(async () => {
      const events = await Promise.all(Object.keys(history).map((id) => answerOf(eventStore.readStream(id, 0, 100))));
      const started = events.flat().filter((event) => gatewayPaymentsView.documentIds(event).includes(number));
      const folded = started.reduce<ReturnType<typeof gatewayPaymentsView.fold>>(
        (document, event) => gatewayPaymentsView.fold(document, event, number),
        null,
      );
      return folded?.payments ?? [];
    });
  const ports = {
    eventStore,
    snapshots: noSnapshots,
    logger: recordingLog(),
    paymentsWithNumber,
    tracesOf: () => TE.right(noTraces),
  };
  return {
    order: (now = Date.now()) => verifyOrder({ ...ports, clock: { now: () => now } })(orderId)(),
    stock: (now = expiresAt + 60_000) => verifyOrderStock({ eventStore, clock: { now: () => now } })(productId)(),
  };
};
const failing = (...names: ReadonlyArray<string>) => ({
  right: {
    verdict: 'FAIL',
    checks: expect.arrayContaining(names.map((name) => expect.objectContaining({ name, ok: false }))),
  },
});
const passes = { right: { verdict: 'PASS' } };

test.each([
  ['fulfilled', fulfilled],
  ['undone', { ...fulfilled, ...undone }],
])('an order that is %s as it should be passes, and so does its stock', async (_, history) => {
  const { order, stock } = await world(history);
  expect(await order()).toMatchObject(passes);
  expect(await stock()).toMatchObject(passes);
});

test.each<[string, string, History]>([
  ['whose goods never left the shelf', 'goods', { 'stock-ticket': [stocked, reserved] }],
  ['whose goods were given to nobody', 'goods', { 'stock-ticket': [stocked] }],
  ['whose money was never taken', 'the payment that pays it', { 'payment-pay1': [prepared, started] }],
  ['whose money was given back', 'the payment that pays it', { 'payment-pay1': undone['payment-pay1'] ?? [] }],
  ['whose points were only set aside', 'points', { 'points-ana': [pointsCharged, pointsReserved] }],
  ['whose coupon can be used again', 'coupon', { 'issuedCoupon-tenth.ana': [] }],
  ['that nobody delivers', 'delivery', { 'delivery-o1': [] }],
])('a confirmed order %s fails', async (_, name, tampered) => {
  expect(await (await world({ ...fulfilled, ...tampered })).order()).toMatchObject(failing(name));
});

test('a payment of the gateway that was to pay another order too fails, on both sides, also after it was given back', async () => {
  const other = { ...ofPayment, paymentId: 'pay2', orderId: 'o2' };
  const reused = {
    'payment-pay2': [
      { ...prepared, ...other },
      { ...started, ...other },
    ],
  };
  for (const history of [fulfilled, { ...fulfilled, ...undone }]) {
    const verified = await (await world({ ...history, ...reused })).order();
    expect(verified).toMatchObject(failing("the gateway's payments, each for one payment"));
    expect(JSON.stringify(verified)).toContain('g1 was to pay pay1 of order o1 and pay2 of order o2');
  }
});

test.each<[string, string, string]>([
  ['keeps the goods', 'goods', 'stock-ticket'],
  ['keeps the money', 'every other payment', 'payment-pay1'],
  ['keeps the points', 'points', 'points-ana'],
  ['keeps the coupon', 'coupon', 'issuedCoupon-tenth.ana'],
  ['is delivered all the same', 'delivery', 'delivery-o1'],
])('a cancelled order that %s fails', async (_, name, kept) => {
  const history = { ...fulfilled, ...undone, [kept]: fulfilled[kept] ?? [] };
  expect(await (await world(history)).order()).toMatchObject(failing(name));
});

test('an order that was just cancelled is given a minute to give back what it has', async () => {
  const { order } = await world({ ...fulfilled, 'order-o1': undone['order-o1'] ?? [] });
  expect(await order(at + 59_999)).toMatchObject(passes);
  expect(await order(at + 60_000)).toMatchObject(
    failing('goods', 'every other payment', 'points', 'coupon', 'delivery'),
  );
});

const onHand = 'on hand = received − deducted + restored';
test.each<[string, string, ReadonlyArray<Fact>, ReadonlyArray<Fact>]>([
  [
    'more left the shelf than there was',
    onHand,
    [stocked, { ...reserved, quantity: 4 }, { type: 'StockDeducted', ...ofGoods, quantity: 4 }],
    fulfilled['order-o1'] ?? [],
  ],
  [
    'more was held than there was',
    'moments at which more was held than there was',
    [stocked, { ...reserved, quantity: 4 }],
    [created],
  ],
  ['goods are held for an order that was never placed', 'holds without a live order', [stocked, reserved], []],
  [
    'goods are held for an order that is over',
    'holds without a live order',
    [stocked, reserved],
    [created, { type: 'OrderExpired', ...ofOrder }],
  ],
  [
    'goods were given back while their order stands',
    'orders that stand and whose goods were given back',
    [stocked, reserved, { type: 'StockReleased', ...ofGoods, reason: 'ROLLED_BACK' }],
    [created, pending],
  ],
  [
    'one user holds more than they may have',
    'orders that hold more than their buyer may have',
    [
      { ...stocked, limits: { maxPerUser: 1, maxOpenHolds: null, pauseAfterExpirySeconds: null } },
      { ...reserved, userId },
    ],
    [created],
  ],
  [
    'goods left the shelf for an order that is not paid',
    'goods deducted for an order that is not paid',
    fulfilled['stock-ticket'] ?? [],
    [created],
  ],
])('a product of which %s fails', async (_, name, stock, order) => {
  expect(await (await world({ 'stock-ticket': stock, 'order-o1': order })).stock()).toMatchObject(failing(name));
});

test('goods held for an order that was not placed within a minute are found, however long the hold runs', async () => {
  const lasting = { ...reserved, expiresAt: at + 600_000 };
  const { stock } = await world({ 'stock-ticket': [stocked, lasting] });
  expect(await stock(at + 59_999)).toMatchObject(passes);
  expect(await stock(at + 60_000)).toMatchObject(failing('holds without a live order'));
});

test('goods held for an order that is neither placed nor refused within a minute are found', async () => {
  const { type: _, ...terms } = created;
  const placing = { ...terms, type: 'OrderPlacingStarted', attempt: 1 };
  const { stock } = await world({ 'order-o1': [placing], 'stock-ticket': [stocked, reserved] });
  expect(await stock(at + 59_999)).toMatchObject(passes);
  expect(await stock(at + 60_000)).toMatchObject(failing('holds of orders that stay half placed'));
});

test.each<[string, string, ReadonlyArray<Fact>, ReadonlyArray<Fact>]>([
  ['whose bought goods are about to go back', 'cancelled', fulfilled['stock-ticket'] ?? [], undone['order-o1'] ?? []],
  ['whose hold is about to end', 'over', [stocked, reserved], [created, { type: 'OrderExpired', ...ofOrder }]],
])('an order %s is no fault in the minute after it is %s', async (_, __, goods, order) => {
  const { stock } = await world({ 'stock-ticket': goods, 'order-o1': order });
  expect(await stock(at + 59_999)).toMatchObject(passes);
  expect(await stock(at + 60_000)).toMatchObject({ right: { verdict: 'FAIL' } });
});

test('what nobody knows is said to be unknown', async () => {
  const { order, stock } = await world({});
  expect(await order()).toMatchObject({ left: { code: 'ORDER_NOT_FOUND' } });
  expect(await stock()).toMatchObject({ left: { code: 'PRODUCT_NOT_FOUND' } });
});
