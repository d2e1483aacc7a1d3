import { either as E } from 'fp-ts';
import { askStock } from '../../../../src/application/checkout/stock/ask-stock.js';
import { answerOf } from '../../../support/answer-of.js';
import { orderWorld } from '../../../support/orders/order-world.js';

const [productId, userId, orderId, correlationId] = ['console', 'ana', 'o1', 'trace'];
const shipping = { recipient: 'Ana', address: 'Harbour 1', phone: null };

test('an order whose goods went to somebody else is not charged; once they are back, it is paid and gets them', async () => {
  const world = await orderWorld();
  const { clock, messageLog: log, readModels } = world;
  const { calls } = await world.live();
  const product = { productId, name: 'Console', price: 1_000, stock: 2, eventId: null, correlationId };
  await world.passing(answerOf(calls.createProduct(product)));
  const lines = [{ productId, quantity: 2 }];
  const wish = { orderId, userId, lines, shipping, couponId: null, usePoints: 0, correlationId };
  const { holdExpiresAt: expiresAt } = await world.passing(answerOf(calls.createOrder(wish)));
  const payment = { orderId, userId, amount: 2_000, correlationId };
  const { paymentId } = await world.passing(answerOf(calls.preparePayment(payment)));

  let asked = 0;
  const ids = { next: () => `by-hand-${(asked += 1)}` };
  const stock = askStock({ log, readModels, clock, ids, waitMs: 5_000 });
  const release = async (of: string) => {
    const request = { eventType: 'STOCK_RELEASE', productId, orderId: of, reason: 'CANCELLED' } as const;
    await answerOf(stock.tell(request, correlationId));
  };
  const held = async (units: number) => {
    await world.soon(async () => expect(await answerOf(calls.productById(productId))).toMatchObject({ held: units }));
  };
  await release(orderId);
  const other = { productId, orderId: 'o2', userId: 'ben', quantity: 1, expiresAt, again: false };
  await world.passing(answerOf(stock.reserve(other, correlationId)));
  await held(1);
  const approval = { paymentId, gatewayPaymentId: 'ok-1', correlationId };
  expect(await world.passing(calls.approvePayment(approval)())).toEqual(E.left({ code: 'PAYMENT_DECLINED' }));
  expect(world.ledger.all()).toEqual([]);

  await release('o2');
  await held(0);
  expect(await world.passing(answerOf(calls.approvePayment(approval)))).toMatchObject({ status: 'PAID' });
  await world.soon(async () => {
    expect(await answerOf(calls.productById(productId))).toMatchObject({ onHand: 0, held: 0 });
    expect(await answerOf(calls.orderById(orderId))).toMatchObject({ status: 'CONFIRMED' });
  });
  await world.close();
});
