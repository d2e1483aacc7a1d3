import { answerOf } from '../../../support/answer-of.js';
import { orderWorld } from '../../../support/orders/order-world.js';
import { ordinaryTerms } from '../../../support/ordinary-terms.js';

const productId = 'console';
const shipping = { recipient: 'Ana', address: 'Harbour 1', phone: null };
/** Longer than any hold. */
const OUTAGE_MS = 300_000;

describe('orders that run out together', () => {
  let world: Awaited<ReturnType<typeof orderWorld>>;
  beforeEach(async () => void (world = await orderWorld()));
  afterEach(() => world.close());

  /** So many unpaid orders of one piece each, all that there is, whose time is over when the shop comes back. */
  const orders = async (many: number): Promise<void> => {
    const at = world.clock.now();
    const holdExpiresAt = at + 1_000;
    const numbers = Array.from({ length: many }, (_, n) => n);
    const about = { name: 'Console', price: 1_000, stock: many, eventId: null };
    const hold = { productId, quantity: 1, expiresAt: holdExpiresAt, takenBy: 'placing-0', at };
    await world.append(
      `stock-${productId}`,
      { ...{ type: 'ProductCreated', productId, at }, ...about, ...ordinaryTerms },
      ...numbers.map((n) => Object.assign({ type: 'StockReserved' }, hold, { orderId: `order-${n}` })),
    );
    const lines = [{ productId, quantity: 1, unitPrice: 1_000 }];
    const terms = { lines, shipping, couponId: null, discount: 0, points: 0, total: 1_000, holdExpiresAt, at };
    for (const n of numbers) {
      const order = { orderId: `order-${n}`, userId: `user-${n}` };
      await world.append(`order-${order.orderId}`, { type: 'OrderCreated', ...order, ...terms });
    }
    world.clock.move(OUTAGE_MS);
  };
  const stockEvents = async (of: string): Promise<number> => {
    const events = await answerOf(world.eventStore.readStream(`stock-${productId}`, 0, 10_000));
    return events.filter(({ event }) => event.type === of).length;
  };
  const statusOf = async (calls: Awaited<ReturnType<typeof world.live>>['calls'], n: number) =>
    (await answerOf(calls.orderById(`order-${n}`))).status;
  const free = async (calls: Awaited<ReturnType<typeof world.live>>['calls'], many: number): Promise<void> => {
    await world.soon(
      async () => expect(await answerOf(calls.productById(productId))).toMatchObject({ available: many, held: 0 }),
      120_000,
    );
  };

  test('give everything back by the hundred, each once', async () => {
    await orders(400);
    const { calls } = await world.live();
    await free(calls, 400);
    await world.soon(async () => (await statusOf(calls, 0)) === 'EXPIRED');
    expect(await stockEvents('StockReleased')).toBe(400);
    expect(await world.verifyStock(productId)).toMatchObject({ verdict: 'PASS' });
  });

  test('have their goods back by the thousand before they end, which is no broken promise, and each of them ends', async () => {
    await orders(1_100);
    const { calls } = await world.live();
    await free(calls, 1_100);
    expect(await statusOf(calls, 999)).toBe('CREATED');
    expect(await world.verifyStock(productId)).toMatchObject({ verdict: 'PASS' });
    await world.soon(async () => (await statusOf(calls, 999)) === 'EXPIRED', 120_000);
    expect((await stockEvents('HoldsExpired')) + (await stockEvents('StockReleased'))).toBeLessThan(200);
    expect(await world.verifyStock(productId)).toMatchObject({ verdict: 'PASS' });
  });
});
