import { either as E } from 'fp-ts';
import { type ReadModels } from '../../../../src/application/ports/read-models.js';
import { pause } from '../../../../src/application/kernel/projection/pause.js';
import { answerOf } from '../../../support/answer-of.js';
import { wallClock } from '../../../support/in-memory/quiet.js';
import { orderWorld, type OrderWorld } from '../../../support/orders/order-world.js';

const [productId, couponId, userId, correlationId] = ['console', 'tenth', 'ana', 'trace'];
const shipping = { recipient: 'Ana', address: 'Harbour 1', phone: null };
const lines = [{ productId, quantity: 2 }];
const amount = 1_500;

let world: OrderWorld;
beforeEach(async () => {
  // Views follow, as on a busy machine, a while after what they follow.
  const slowed = (readModels: ReadModels): ReadModels => ({
    ...readModels,
    write: (...asked) => {
      const writing = readModels.write(...asked);
      return async () => {
        await pause(wallClock, 30);
        return writing();
      };
    },
  });
  world = await orderWorld(slowed);
});
afterEach(() => world.close());

test('whoever is answered sees what they did, at every step of an order, and again when they repeat it', async () => {
  const { calls } = await world.live();
  const { clock } = world;
  const passing = <A>(work: Promise<A>): Promise<A> => world.passing(work, 1);
  const at = clock.now();
  const terms = { name: 'Tenth', quantity: 1, discount: { kind: 'PERCENT', value: 10 }, opensAt: null, closesAt: null };
  await world.append(
    `coupon-${couponId}`,
    { type: 'CouponCreated', ...{ couponId, ...terms, eventId: null, at } },
    { type: 'CouponIssued', ...{ couponId, userId, requestId: 'r1', place: 1, at } },
  );
  const order = async (orderId: string) => (await answerOf(calls.orderById(orderId))).status;
  const points = async () => (await answerOf(calls.pointsOfUser(userId))).available;

  const product = { productId, name: 'Console', price: 1_000, stock: 3, eventId: null, correlationId };
  await passing(answerOf(calls.createProduct(product)));
  expect(await answerOf(calls.productById(productId))).toMatchObject({ available: 3 });
  const more = { productId, quantity: 1, deliveryNote: 'n1', correlationId };
  const charge = { userId, amount: 500, chargeId: 'c1', correlationId };
  const wish = { orderId: 'o1', userId, lines, shipping, couponId, usePoints: 300, correlationId };
  for (let twice = 0; twice < 2; twice += 1) {
    await passing(answerOf(calls.receiveStock(more)));
    expect(await answerOf(calls.productById(productId))).toMatchObject({ onHand: 4 });
    await passing(answerOf(calls.chargePoints(charge)));
    expect(await points()).toBe(500);
  }
  await passing(answerOf(calls.createOrder(wish)));
  expect(await answerOf(calls.productById(productId))).toMatchObject({ available: 2 });
  expect(await points()).toBe(200);
  expect(await order('o1')).toBe('CREATED');
  await passing(answerOf(calls.preparePayment({ orderId: 'o1', userId, amount, correlationId })));
  expect(await order('o1')).toBe('PENDING_PAYMENT');
  const payment = { orderId: 'o1', userId, amount, gatewayPaymentId: 'ok-1', correlationId };
  for (let twice = 0; twice < 2; twice += 1) {
    expect(await passing(calls.payAtOnce(payment)())).toMatchObject({ right: { status: 'PAID' } });
    expect(['PAID', 'CONFIRMED']).toContain(await order('o1'));
  }
  await world.soon(async () => expect(await order('o1')).toBe('CONFIRMED'));
  for (const [step, status] of [
    [calls.shipOrder, 'SHIPPED'],
    [calls.deliverOrder, 'DELIVERED'],
  ] as const)
    for (let twice = 0; twice < 2; twice += 1) {
      await passing(answerOf(step({ orderId: 'o1', reason: 'x', correlationId })));
      expect(await order('o1')).toBe(status);
    }
  await passing(answerOf(calls.createOrder({ ...wish, orderId: 'o2', couponId: null, usePoints: 0 })));
  for (let twice = 0; twice < 2; twice += 1) {
    const cancelled = await passing(calls.cancelOrder({ orderId: 'o2', reason: 'x', correlationId })());
    expect(E.isRight(cancelled)).toBe(true);
    expect(await order('o2')).toBe('CANCELLED');
  }
});
