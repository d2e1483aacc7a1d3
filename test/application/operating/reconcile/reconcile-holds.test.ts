import { option as O, taskEither as TE } from 'fp-ts';
import { couponProjections } from '../../../../src/application/coupon/coupon-projections.js';
import { reconcile } from '../../../../src/application/operating/reconcile/reconcile.js';
import { stockProjections } from '../../../../src/application/checkout/stock/views/index.js';
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
  const ports = { ...engines, ...quiet, clock, running: null, setAside: TE.right(() => TE.right(false)) };
  const found = reconcile(ports, [...couponProjections, ...stockProjections])({ heal, correlationId });
  return (await world.passing(answerOf(found))).findings;
};
const held = async () => (await world.verifyStock(productId)).held;
const place = (orderId: string) => {
  const lines = [{ productId, quantity: 1 }];
  const wish = { orderId, userId, lines, shipping: { to: 'Ana' }, couponId: null, usePoints: 0, correlationId };
  return world.passing(answerOf(life.calls.createOrder(wish)));
};
const taken = (orderId: string, at: number, by: { readonly takenBy?: string } = {}) => {
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
