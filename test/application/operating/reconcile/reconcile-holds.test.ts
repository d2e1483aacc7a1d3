import { option as O, taskEither as TE } from 'fp-ts';
import { couponProjections } from '../../../../src/application/coupon/coupon-projections.js';
import { reconcile } from '../../../../src/application/operating/reconcile/reconcile.js';
import { pointsAggregate, pointsStream } from '../../../../src/application/checkout/aggregates/points-aggregate.js';
import { orderProjections } from '../../../../src/application/checkout/views.js';
import {
  issuedCouponAggregate,
  issuedCouponStream,
} from '../../../../src/application/coupon/issued-coupon-aggregate.js';
import { readAggregate } from '../../../../src/application/kernel/writer/load-aggregate.js';
import { answerOf } from '../../../support/answer-of.js';
import { inMemoryLeases } from '../../../support/in-memory/leases.js';
import { noSnapshots } from '../../../support/in-memory/no-snapshots.js';
import { recordingLog } from '../../../support/in-memory/quiet.js';
import { orderWorld, type OrderWorld } from '../../../support/orders/order-world.js';

const [productId, userId, correlationId] = ['console', 'ana', 'trace'];
const HOUR = 3_600_000;

let world: OrderWorld;
let life: Awaited<ReturnType<OrderWorld['live']>>;

beforeEach(async () => {
  world = await orderWorld();
  life = await world.live();
  const product = { productId, name: 'Console', price: 1_000, stock: 3, eventId: null, correlationId };
  await world.passing(answerOf(life.calls.createProduct(product)));
});
afterEach(() => world.close());

const gate = {
  inspect: () => TE.right(O.none),
  pendingSince: () => TE.right({ items: [], nextCursor: null }),
  drop: () => TE.right(undefined),
};
const findings = async (heal = false) => {
  const { clock, eventStore, messageLog, readModels } = world;
  const engines = { eventStore, feed: eventStore, messageLog, readModels, gate, leases: inMemoryLeases() };
  const log = recordingLog();
  const quiet = { log, logger: log, snapshots: noSnapshots, listParkedStreams: TE.right([]) };
  const { drive } = life;
  const ports = { ...engines, ...quiet, clock, drive, running: null, setAside: TE.right(() => TE.right(false)) };
  const projections = [...couponProjections, ...orderProjections];
  const found = reconcile(ports, projections)({ heal, correlationId });
  return (await world.passing(answerOf(found))).findings;
};
const held = async () => (await world.verifyStock(productId)).held;
const place = (orderId: string) => {
  const lines = [{ productId, quantity: 1 }];
  const wish = { orderId, userId, lines, shipping: { to: 'Ana' }, couponId: null, usePoints: 0, correlationId };
  return world.passing(answerOf(life.calls.createOrder(wish)));
};
const taken = (orderId: string, at: number, by: { readonly takenBy?: string; readonly expiresAt?: number } = {}) => {
  const hold = { productId, orderId, quantity: 2, expiresAt: world.clock.now() + HOUR, ...by, at };
  return world.append(`stock-${productId}`, { type: 'StockReserved', ...hold });
};
const takenLongAgo = (orderId: string, by?: { readonly takenBy?: string }) =>
  taken(orderId, world.clock.now() - HOUR, by);

test('goods held for an order that does not stand are found, and freed when asked to', async () => {
  await place('stands');
  expect(await findings()).toStrictEqual([]);
  // By a process that then died.
  await life.stop();
  await takenLongAgo('never-placed');
  life = await world.live();
  expect(await held()).toBe(3);
  const leaked = { kind: 'LEAKED_RESERVATION', subject: 'never-placed' };
  expect(await findings()).toMatchObject([{ ...leaked, healed: false }]);
  expect(await held()).toBe(3);

  expect(await findings(true)).toMatchObject([{ ...leaked, healed: true }]);
  await world.soon(async () => (await held()) <= 1);
  expect(await findings()).toStrictEqual([]);
});

test('an order that stands and whose goods were given back is found; the events are left alone', async () => {
  await place('stands');
  await life.stop();
  const given = { productId, orderId: 'stands', quantity: 1, reason: 'ROLLED_BACK', at: world.clock.now() };
  await world.append(`stock-${productId}`, { type: 'StockReleased', ...given });
  world.clock.move(60_000);
  expect(await findings(true)).toMatchObject([{ kind: 'BROKEN_PROMISE', subject: 'stands', healed: false }]);
  expect(await world.verifyStock(productId)).toMatchObject({ verdict: 'FAIL' });
});

test('an order that was bought and whose goods were put back is found', async () => {
  await place('bought');
  const payment = { orderId: 'bought', userId, amount: 1_000, correlationId };
  const { paymentId } = await world.passing(answerOf(life.calls.preparePayment(payment)));
  const approval = { paymentId, gatewayPaymentId: 'ok-1', correlationId };
  await world.passing(answerOf(life.calls.approvePayment(approval)));
  await world.soon(async () =>
    expect(await answerOf(life.calls.orderById('bought'))).toMatchObject({ status: 'CONFIRMED' }),
  );
  await life.stop();
  world.clock.move(HOUR);
  expect(await findings()).toStrictEqual([]);
  const back = { productId, orderId: 'bought', quantity: 1, at: world.clock.now() };
  await world.append(`stock-${productId}`, { type: 'StockRestored', ...back });
  expect(await findings()).toMatchObject([{ kind: 'BROKEN_PROMISE', subject: 'bought', healed: false }]);
});

test('what is healed was held: goods that were bought since stay bought', async () => {
  await life.stop();
  await takenLongAgo('o1');
  expect(await findings(true)).toMatchObject([{ subject: 'o1', healed: true }]);
  const bought = { productId, orderId: 'o1', quantity: 2, at: world.clock.now() };
  await world.append(`stock-${productId}`, { type: 'StockDeducted', ...bought });
  life = await world.live();
  const delivery = { productId, deliveryNote: 'note-1', quantity: 1, correlationId };
  await world.passing(answerOf(life.calls.receiveStock(delivery)));
  expect(await world.verifyStock(productId)).toMatchObject({ onHand: 2, held: 0 });
});

test.each([
  ['an attempt that nobody knows any more', {}],
  ['an attempt to place its order', { takenBy: 'placing-1' }],
])('what is healed was held for %s: goods that a late payment has taken since stay its own', async (_, by) => {
  await life.stop();
  await takenLongAgo('o1', by);
  expect(await findings(true)).toMatchObject([{ subject: 'o1', healed: true }]);
  const at = world.clock.now();
  const released = { productId, orderId: 'o1', quantity: 2, reason: 'EXPIRED', at };
  await world.append(`stock-${productId}`, { type: 'StockReleased', ...released });
  await taken('o1', at, { takenBy: 'paying-1' });
  life = await world.live();
  const delivery = { productId, deliveryNote: 'note-1', quantity: 1, correlationId };
  await world.passing(answerOf(life.calls.receiveStock(delivery)));
  expect(await held()).toBe(2);
});

test('goods that a late payment has just taken for an order that ran out long ago are not freed before it has paid', async () => {
  await place('late');
  await world.soon(async () => (await held()) === 0);
  await life.stop();
  world.clock.move(HOUR);
  const expiresAt = world.clock.now() + 60_000;
  await taken('late', world.clock.now(), { takenBy: 'paying-1', expiresAt });
  expect(await findings(true)).toStrictEqual([]);
  expect(await held()).toBe(2);
});

test('what an order keeps that is over is found, and given back when asked to', async () => {
  const [orderId, couponId, takenBy, at] = ['o1', 'tenth', 'placing-1', world.clock.now()];
  const ofOrder = { orderId, userId, at };
  const lines = [{ productId, quantity: 1, unitPrice: 1_000 }];
  const terms = { lines, shipping: { to: 'Ana' }, couponId, discount: 100, points: 200, total: 700 };
  const started = { type: 'OrderPlacingStarted', ...ofOrder, ...terms, holdExpiresAt: at + HOUR, attempt: 1 };
  const charged = { type: 'PointsCharged', userId, chargeId: 'c1', amount: 500, at };
  await world.append(pointsStream(userId), charged);
  const refused = { type: 'OrderNotPlaced', ...ofOrder, attempt: 1, refusals: [] };
  await world.append(`order-${orderId}`, started, refused);
  const { eventStore } = world;
  const load = readAggregate({ eventStore, snapshots: noSnapshots, logger: recordingLog() });
  const points = async () => (await answerOf(load(pointsAggregate, pointsStream(userId)))).state;
  const coupon = async () => (await answerOf(load(issuedCouponAggregate, issuedCouponStream(couponId, userId)))).state;
  await world.soon(async () => (await points()).uses.has(orderId) && (await coupon()).gaveBack.has(orderId));

  // As earlier versions could leave it.
  const reserved = { type: 'PointsReserved', ...ofOrder, amount: 200, expiresAt: at, takenBy };
  await world.append(pointsStream(userId), reserved);
  const redeemed = { type: 'CouponRedeemed', ...ofOrder, couponId, expiresAt: at, takenBy };
  await world.append(issuedCouponStream(couponId, userId), redeemed);
  world.clock.move(HOUR);
  const leaked = { kind: 'LEAKED_RESERVATION', subject: orderId };
  expect(await findings()).toMatchObject(Array(2).fill({ ...leaked, healed: false }));
  expect(await findings(true)).toMatchObject(Array(2).fill({ ...leaked, healed: true }));
  expect(await points()).toMatchObject({ balance: 500, reserved: 0 });
  expect((await coupon()).usedBy).toBeNull();
  expect(await findings()).toStrictEqual([]);
});

test('goods that were bought for an order that is over go back on the shelf when asked to', async () => {
  await place('over');
  await world.passing(answerOf(life.calls.cancelOrder({ orderId: 'over', reason: 'why not', correlationId })));
  await world.soon(async () => (await held()) === 0);
  await life.stop();
  await taken('over', world.clock.now());
  const bought = { productId, orderId: 'over', quantity: 2, at: world.clock.now() };
  await world.append(`stock-${productId}`, { type: 'StockDeducted', ...bought });
  world.clock.move(60_000);
  life = await world.live();
  expect(await findings(true)).toMatchObject([{ kind: 'STOCK_MISMATCH', subject: 'over', healed: true }]);
  await world.soon(async () => (await world.verifyStock(productId)).onHand === 3);
  expect(await findings()).toStrictEqual([]);
});
