import { answerOf } from '../../../support/answer-of.js';
import { orderWorld } from '../../../support/orders/order-world.js';
import { ordinaryTerms } from '../../../support/ordinary-terms.js';

const [productId, userId, orderId, paymentId, correlationId] = ['console', 'ana', 'o1', 'pay1', 'trace'];
const shipping = { recipient: 'Ana', address: 'Harbour 1', phone: null };
const lines = [{ productId, quantity: 2 }];

/** Goods and points were reserved by a call, then the order was recorded: it never was in the state PLACING. */
const earlierOrder = async () => {
  const world = await orderWorld();
  const at = world.clock.now();
  const expiresAt = at + 20_000;
  const takenBy = 'call-1';
  const priced = { price: 500, stock: 3, eventId: null, ...ordinaryTerms };
  const product = { type: 'ProductCreated', productId, name: 'Console', ...priced, at };
  const reserved = { type: 'StockReserved', productId, orderId, quantity: 2, expiresAt, takenBy, at };
  await world.append(`stock-${productId}`, product, reserved);
  const charged = { type: 'PointsCharged', userId, chargeId: 'c1', amount: 300, at };
  const pointsReserved = { type: 'PointsReserved', userId, orderId, amount: 300, expiresAt, takenBy, at };
  await world.append(`points-${userId}`, charged, pointsReserved);
  const bought = lines.map((line) => ({ ...line, unitPrice: 500 }));
  const terms = { lines: bought, shipping, couponId: null, discount: 0, points: 300, total: 700 };
  const created = { type: 'OrderCreated', orderId, userId, ...terms, holdExpiresAt: expiresAt, at };
  const pending = { type: 'OrderPaymentPending', orderId, userId, paymentId, at };
  const prepared = { type: 'PaymentPrepared', paymentId, orderId, userId, amount: 700, at };
  return { world, created, pending, prepared };
};

test('an order that an earlier version placed is shown, answers its repeated call, is paid and fulfilled', async () => {
  const { world, created, pending, prepared } = await earlierOrder();
  await world.append(`payment-${paymentId}`, prepared);
  await world.append(`order-${orderId}`, created, pending);
  const { calls } = await world.live();
  const wish = { orderId, userId, lines, shipping, couponId: null, usePoints: 300, correlationId };
  expect(await answerOf(calls.createOrder(wish))).toMatchObject({ status: 'PENDING_PAYMENT', total: 700 });

  const approval = { paymentId, gatewayPaymentId: 'ok-1', correlationId };
  expect(await world.passing(answerOf(calls.approvePayment(approval)))).toMatchObject({ status: 'PAID' });
  await world.soon(async () => {
    expect(await answerOf(calls.orderById(orderId))).toMatchObject({ status: 'CONFIRMED' });
    expect(await answerOf(calls.productById(productId))).toMatchObject({ onHand: 1, held: 0 });
    expect(await answerOf(calls.pointsOfUser(userId))).toMatchObject({ balance: 0, reserved: 0 });
    expect(await answerOf(world.verifyOrder(orderId))).toMatchObject({ verdict: 'PASS' });
  });
  await world.close();
});

test('an order that an earlier version placed and nobody pays expires, and gives everything back', async () => {
  const { world, created } = await earlierOrder();
  await world.append(`order-${orderId}`, created);
  const { calls } = await world.live();
  await world.soon(async () => {
    expect(await answerOf(calls.orderById(orderId))).toMatchObject({ status: 'EXPIRED' });
    expect(await answerOf(calls.productById(productId))).toMatchObject({ onHand: 3, held: 0 });
    expect(await answerOf(calls.pointsOfUser(userId))).toMatchObject({ balance: 300, reserved: 0 });
    expect(await answerOf(world.verifyOrder(orderId))).toMatchObject({ verdict: 'PASS' });
  });
  await world.close();
});
