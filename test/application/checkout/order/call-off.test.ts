import { either as E } from 'fp-ts';
import { callOffOrders } from '../../../../src/application/checkout/order/call-off-orders.js';
import { boughtOfEvent } from '../../../../src/application/checkout/order/find-orders.js';
import { handleOrder } from '../../../../src/application/checkout/aggregates/order-aggregate.js';
import { answerOf } from '../../../support/answer-of.js';
import { noSnapshots } from '../../../support/in-memory/no-snapshots.js';
import { recordingLog, wallClock } from '../../../support/in-memory/quiet.js';
import { orderWorld, type OrderWorld } from '../../../support/orders/order-world.js';

const [productId, eventId, userId, correlationId] = ['ticket', 'gala', 'ana', 'trace'];
const shipping = { recipient: 'Ana', address: 'Harbour 1', phone: null };
const wish = { userId, lines: [{ productId, quantity: 1 }], shipping, couponId: null, usePoints: 0, correlationId };
const amount = 1_000;

let world: OrderWorld;
beforeEach(async () => {
  world = await orderWorld();
});
afterEach(() => world.close());

/** The gala is open, and tickets to it are on sale. */
const gala = async () => {
  const { calls } = await world.live();
  const at = world.clock.now();
  const scheduled = { eventId, name: 'Gala', opensAt: at, scheduleId: null, at };
  await world.append(
    `event-${eventId}`,
    { type: 'EventScheduled', ...scheduled },
    { type: 'EventOpened', ...{ eventId, name: 'Gala', opensAt: at, at } },
  );
  const product = { productId, name: 'Ticket', price: amount, stock: 9, eventId, correlationId };
  await world.passing(answerOf(calls.createProduct(product)));
  const place = (orderId: string) => world.passing(answerOf(calls.createOrder({ ...wish, orderId })));
  const pay = (orderId: string) =>
    world.passing(calls.payAtOnce({ orderId, userId, amount, gatewayPaymentId: `ok-${orderId}`, correlationId })());
  const cancel = async () => {
    await world.append(`event-${eventId}`, { type: 'EventCancelled', ...{ eventId, at: world.clock.now() } });
    return answerOf(world.eventStore.head());
  };
  const order = (orderId: string) => answerOf(calls.orderById(orderId));
  const held = async () => (await answerOf(calls.productById(productId))).held;
  return { calls, place, pay, cancel, order, held };
};

test('an order for an event that was cancelled cannot be paid: it is called off, and what it holds is free', async () => {
  const { place, pay, cancel, order, held, calls } = await gala();
  await place('o1');
  await place('o2');
  const prepare = { orderId: 'o2', userId, amount, correlationId };
  const { paymentId } = await world.passing(answerOf(calls.preparePayment(prepare)));
  await cancel();
  const refused = E.left({ code: 'NOT_PAYABLE', orderStatus: 'CANCELLED' });
  expect(await pay('o1')).toEqual(refused);
  // Prepared while it was open, approved when it was not.
  const approve = { paymentId, gatewayPaymentId: 'ok-2', correlationId };
  expect(await world.passing(calls.approvePayment(approve)())).toEqual(refused);
  for (const orderId of ['o1', 'o2'])
    expect(await order(orderId)).toMatchObject({ status: 'CANCELLED', reason: 'EVENT_CANCELLED' });
  await world.soon(async () => expect(await held()).toBe(0));
  expect(world.ledger.all()).toEqual([]);
});

test('unpaid orders are called off with their event; those that are paid are listed for operators', async () => {
  const { place, pay, cancel, order, held } = await gala();
  for (const orderId of ['o1', 'o2', 'o3']) await place(orderId);
  expect(await pay('o1')).toMatchObject({ right: { status: 'PAID' } });
  await world.soon(async () => expect(await order('o1')).toMatchObject({ status: 'CONFIRMED' }));
  const position = await cancel();

  const load = { eventStore: world.eventStore, snapshots: noSnapshots, logger: recordingLog() };
  let id = 0;
  const handle = handleOrder({ ...load, ids: { next: () => `call-off-${(id += 1)}` } });
  const callOff = callOffOrders({ readModels: world.readModels, clock: wallClock, handleOrder: handle });
  for (let twice = 0; twice < 2; twice += 1)
    expect(await callOff({ eventId, position, correlationId })()).toEqual(E.right(undefined));

  await world.soon(async () => {
    for (const orderId of ['o2', 'o3'])
      expect(await order(orderId)).toMatchObject({ status: 'CANCELLED', reason: 'EVENT_CANCELLED' });
    expect(await held()).toBe(0);
  });
  expect(await order('o1')).toMatchObject({ status: 'CONFIRMED', payment: { status: 'PAID' } });
  const listed = await answerOf(boughtOfEvent(world)({ eventId, limit: 10 }));
  expect(listed).toMatchObject({ items: [{ orderId: 'o1', userId, total: amount }], nextCursor: null });
});
