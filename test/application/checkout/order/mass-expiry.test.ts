import { answerOf } from '../../../support/answer-of.js';
import { orderWorld } from '../../../support/orders/order-world.js';
import { ordinaryTerms } from '../../../support/ordinary-terms.js';

const productId = 'console';
const shipping = { recipient: 'Ana', address: 'Harbour 1', phone: null };
const ORDERS = 400;
/** Longer than any hold. */
const OUTAGE_MS = 300_000;

test('hundreds of orders that run out together give everything back, each once', async () => {
  const world = await orderWorld();
  try {
    const at = world.clock.now();
    const expiresAt = at + 1_000;
    const orders = Array.from({ length: ORDERS }, (_, n) => ({ orderId: `order-${n}`, userId: `user-${n}` }));
    const product = {
      type: 'ProductCreated',
      productId,
      name: 'Console',
      price: 1_000,
      stock: ORDERS,
      eventId: null,
      ...ordinaryTerms,
    };
    const reserved = orders.map(({ orderId }) => ({
      type: 'StockReserved',
      productId,
      orderId,
      quantity: 1,
      expiresAt,
      at,
    }));
    const created = { ...product, at };
    await world.append(`stock-${productId}`, created, ...reserved);
    const lines = [{ productId, quantity: 1, unitPrice: 1_000 }];
    const terms = {
      lines,
      shipping,
      couponId: null,
      discount: 0,
      points: 0,
      total: 1_000,
      holdExpiresAt: expiresAt,
      at,
    };
    for (const order of orders)
      await world.append(`order-${order.orderId}`, { type: 'OrderCreated', ...order, ...terms });

    world.clock.move(OUTAGE_MS);
    const { calls } = await world.live();
    await world.soon(
      async () => expect(await answerOf(calls.productById(productId))).toMatchObject({ available: ORDERS, held: 0 }),
      120_000,
    );
    await world.soon(async () => (await answerOf(calls.orderById('order-0'))).status === 'EXPIRED');

    const events = await answerOf(world.eventStore.readStream(`stock-${productId}`, 0, 10 * ORDERS));
    const released = events.filter(({ event }) => event.type === 'StockReleased');
    expect(released).toHaveLength(ORDERS);
    const verdict = await world.verifyStock(productId);
    expect(verdict).toMatchObject({ verdict: 'PASS' });
  } finally {
    await world.close();
  }
});
