import { answerOf } from '../../../support/answer-of.js';
import { eventually } from '../../../support/eventually.js';
import { orderWorld } from '../../../support/orders/order-world.js';

const [productId, userId, orderId, correlationId] = ['console', 'ana', 'order-1', 'trace'];
const shipping = { recipient: 'Ana', address: 'Harbour 1', phone: null };
/** Longer than any hold. */
const OUTAGE_MS = 300_000;

/** A shop with one console. */
const withOneConsole = async () => {
  const world = await orderWorld();
  const first = await world.live();
  const product = { productId, name: 'Console', price: 1_000, stock: 1, eventId: null, correlationId };
  await world.passing(answerOf(first.calls.createProduct(product)));
  return { world, first };
};
const order = { orderId, userId, lines: [{ productId, quantity: 1 }], shipping, couponId: null, usePoints: 0 };

/** Ana buys and pays, and the process dies after this many effects; then nobody runs for a long time. */
const brokenOff = async (at: number) => {
  const { world, first } = await withOneConsole();
  await first.stop();
  const dying = await world.live({ at, when: 'after' });
  await world.passing(dying.calls.createOrder({ ...order, correlationId })());
  const payment = { orderId, userId, amount: 1_000, gatewayPaymentId: 'ok-1', correlationId };
  await world.passing(dying.calls.payAtOnce(payment)());
  const died = dying.isDead();
  await dying.stop();
  world.clock.move(OUTAGE_MS);
  return { world, died };
};

test('whoever was charged before a crash has bought, however long nobody ran: the order does not expire', async () => {
  let charged = 0;
  for (let at = 1; ; at += 1) {
    const { world, died } = await brokenOff(at);
    try {
      if (!died) break;
      if (world.ledger.all().length === 0) continue;
      charged += 1;
      const second = await world.live();
      await world.soon(async () =>
        expect(await answerOf(second.calls.orderById(orderId))).toMatchObject({ status: 'CONFIRMED' }),
      );
      const events = await answerOf(world.eventStore.readStream(`order-${orderId}`, 0, 100));
      expect(events.map(({ event }) => event.type)).not.toContain('OrderExpired');
    } finally {
      await world.close();
    }
  }
  expect(charged).toBeGreaterThan(0);
});

test.each(['before', 'after'] as const)(
  'an order that runs out gives its goods back once, wherever the process that ends it dies: %s an effect',
  async (when) => {
    for (let at = 1, died = true; died; at += 1) {
      const { world, first } = await withOneConsole();
      try {
        await world.passing(answerOf(first.calls.createOrder({ ...order, correlationId })));
        await first.stop();
        world.clock.move(OUTAGE_MS);
        const dying = await world.live({ at, when });
        await world.soon(
          async () => dying.isDead() || (await answerOf(dying.calls.productById(productId))).available === 1,
        );
        died = dying.isDead();
        await dying.stop();
        const { calls } = await world.live();
        await world.soon(async () =>
          expect(await answerOf(calls.productById(productId))).toMatchObject({ available: 1, held: 0 }),
        );
        const events = await answerOf(world.eventStore.readStream(`stock-${productId}`, 0, 100));
        expect(events.filter(({ event }) => event.type === 'StockReleased')).toHaveLength(1);
        expect(await world.verifyStock(productId)).toMatchObject({ verdict: 'PASS' });
      } finally {
        await world.close();
      }
    }
  },
);

test('an order whose payment was declined late in its time holds its goods no longer than any other', async () => {
  const { world, first } = await withOneConsole();
  const { calls } = first;
  try {
    const { holdExpiresAt } = await world.passing(answerOf(calls.createOrder({ ...order, correlationId })));
    world.clock.move(15_000);
    const payment = { orderId, userId, amount: 1_000, gatewayPaymentId: 'decline-1', correlationId };
    const declined = await world.passing(calls.payAtOnce(payment)());
    expect(declined).toMatchObject({ left: { code: 'PAYMENT_DECLINED' } });

    world.clock.move(holdExpiresAt - world.clock.now());
    const isFree = async () => expect(await answerOf(calls.productById(productId))).toMatchObject({ available: 1 });
    await world.passing(eventually(isFree), 1);
    expect(world.clock.now() - holdExpiresAt).toBeLessThan(10_000);
    expect(await answerOf(calls.orderById(orderId))).toMatchObject({ status: 'EXPIRED' });
  } finally {
    await world.close();
  }
});
