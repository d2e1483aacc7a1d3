import { either as E } from 'fp-ts';
import { answerOf } from '../../../support/answer-of.js';
import { orderWorld } from '../../../support/orders/order-world.js';

const [productId, userId, orderId, correlationId] = ['console', 'ana', 'o1', 'trace'];
const shipping = { recipient: 'Ana', address: 'Harbour 1', phone: null };

test('an order whose goods went to somebody else is not charged; once they are back, it is paid and gets them', async () => {
  const world = await orderWorld();
  const { calls } = await world.live();
  const product = { productId, name: 'Console', price: 1_000, stock: 2, eventId: null, correlationId };
  await world.passing(answerOf(calls.createProduct(product)));
  const lines = [{ productId, quantity: 2 }];
  const wish = { orderId, userId, lines, shipping, couponId: null, usePoints: 0, correlationId };
  const { holdExpiresAt: expiresAt } = await world.passing(answerOf(calls.createOrder(wish)));
  const payment = { orderId, userId, amount: 2_000, correlationId };
  const { paymentId } = await world.passing(answerOf(calls.preparePayment(payment)));

  const [at, quantity] = [world.clock.now(), 2];
  const release = { type: 'StockReleased', productId, quantity, reason: 'CANCELLED', at };
  const other = { type: 'StockReserved', productId, orderId: 'o2', quantity, expiresAt, at };
  await world.append(`stock-${productId}`, { ...release, orderId }, other);
  const held = async (units: number) => {
    await world.soon(async () => expect(await answerOf(calls.productById(productId))).toMatchObject({ held: units }));
  };
  await held(2);
  const approval = { paymentId, gatewayPaymentId: 'ok-1', correlationId };
  expect(await world.passing(calls.approvePayment(approval)())).toEqual(E.left({ code: 'PAYMENT_DECLINED' }));
  expect(world.ledger.all()).toEqual([]);

  await world.append(`stock-${productId}`, { ...release, orderId: 'o2' });
  await held(0);
  expect(await world.passing(answerOf(calls.approvePayment(approval)))).toMatchObject({ status: 'PAID' });
  await world.soon(async () => {
    expect(await answerOf(calls.productById(productId))).toMatchObject({ onHand: 0, held: 0 });
    expect(await answerOf(calls.orderById(orderId))).toMatchObject({ status: 'CONFIRMED' });
  });
  await world.close();
});
