import { answerOf } from '../../../support/answer-of.js';
import { orderWorld } from '../../../support/orders/order-world.js';

const [productId, userId, orderId, correlationId] = ['console', 'ana', 'o1', 'trace'];
const shipping = { recipient: 'Ana', address: 'Harbour 1', phone: null };
const amount = 1_000;

/** Ana has paid, and her order is parked: an operator is to decide. */
const parked = async () => {
  const world = await orderWorld();
  const { calls, handleSaga } = await world.live();
  const product = { productId, name: 'Console', price: amount, stock: 1, eventId: null, correlationId };
  await world.passing(answerOf(calls.createProduct(product)));
  const lines = [{ productId, quantity: 1 }];
  const wish = { orderId, userId, lines, shipping, couponId: null, usePoints: 0, correlationId };
  await world.passing(answerOf(calls.createOrder(wish)));
  const park = { type: 'Park', orderId, step: 'DEDUCT_STOCK', reason: 'INSUFFICIENT_STOCK', attempts: 3 } as const;
  await answerOf(handleSaga({ ...park, at: world.clock.now() }, correlationId));
  const payment = { orderId, userId, amount, gatewayPaymentId: 'ok-1', correlationId };
  await world.passing(answerOf(calls.payAtOnce(payment)));
  return { world, calls };
};

test.each(['USER', 'OPERATOR'] as const)('a parked order that its %s cancels gives everything back', async (by) => {
  const { world, calls } = await parked();
  try {
    expect(await answerOf(calls.orderById(orderId))).toMatchObject({ status: 'PAID' });
    await world.passing(answerOf(calls.cancelOrder({ orderId, reason: 'no longer wanted', by, correlationId })));
    await world.soon(async () =>
      expect(await answerOf(calls.orderById(orderId))).toMatchObject({ refund: { status: 'REFUNDED', amount } }),
    );
    await world.soon(async () =>
      expect(await answerOf(calls.productById(productId))).toMatchObject({ available: 1, held: 0 }),
    );
  } finally {
    await world.close();
  }
});

test('it does so also if whoever cancelled it died before releasing it', async () => {
  const { world, calls } = await parked();
  try {
    const cancelled = { type: 'OrderCancelled', orderId, userId, reason: 'no longer wanted', at: world.clock.now() };
    await world.append(`order-${orderId}`, cancelled);
    await world.soon(async () =>
      expect(await answerOf(calls.orderById(orderId))).toMatchObject({ refund: { status: 'REFUNDED', amount } }),
    );
    await world.soon(async () => expect(await answerOf(calls.productById(productId))).toMatchObject({ available: 1 }));
  } finally {
    await world.close();
  }
});
