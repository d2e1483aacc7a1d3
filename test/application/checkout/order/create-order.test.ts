import { either as E, taskEither as TE } from 'fp-ts';
import { answerOf } from '../../../support/answer-of.js';
import { heldAppends } from '../../../support/orders/held-appends.js';
import { orderWorld, type OrderWorld } from '../../../support/orders/order-world.js';

const [productId, other, userId, orderId, correlationId] = ['console', 'game', 'ana', 'order-1', 'trace'];
const wish = {
  orderId,
  userId,
  lines: [{ productId, quantity: 1 }],
  shipping: { recipient: 'Ana', address: 'Harbour 1' },
  couponId: null,
  usePoints: 100,
  correlationId,
};
type Life = Awaited<ReturnType<OrderWorld['live']>>;

let world: OrderWorld;
let appends: ReturnType<typeof heldAppends>;
let first: Life;
let second: Life;

/** Two processes on one set of engines; three of each product, 150 points. */
beforeEach(async () => {
  world = await orderWorld();
  appends = heldAppends();
  first = await world.live(null, appends.seenAs);
  second = await world.live(null, appends.seenAs);
  for (const id of [productId, other]) {
    const product = { productId: id, name: 'Thing', price: 1_000, stock: 3, eventId: null, correlationId };
    await world.passing(answerOf(first.calls.createProduct(product)));
  }
  await world.passing(answerOf(first.calls.chargePoints({ userId, amount: 150, correlationId })));
  appends.hold(`order-${orderId}`);
});
afterEach(() => world.close());

const held = async (id = productId): Promise<number> => (await world.verifyStock(id)).held;

const isRight = async (): Promise<void> => {
  expect(await held()).toBe(1);
  expect(await answerOf(first.calls.pointsOfUser(userId))).toMatchObject({ balance: 150, reserved: 100 });
  expect(await answerOf(world.verifyOrder(orderId))).toMatchObject({ verdict: 'PASS', status: 'CREATED' });
};

describe('of two processes that place an order of one id at once', () => {
  it.each([
    ['another quantity', { ...wish, lines: [{ productId, quantity: 2 }] }, 'REQUEST_ID_REUSED'],
    [
      'too much of something else as well',
      { ...wish, lines: [...wish.lines, { productId: other, quantity: 4 }] },
      'INSUFFICIENT_STOCK',
    ],
    ['another amount of points', { ...wish, usePoints: 150 }, 'REQUEST_ID_REUSED'],
    ['the same for somebody without points', { ...wish, userId: 'ben' }, 'INSUFFICIENT_POINTS'],
  ])('the second, which wants %s, gives back nothing of the first', async (_, another, code) => {
    const placing = first.calls.createOrder(wish)();
    await world.soon(() => appends.waiting() === 1);
    expect(await world.passing(second.calls.createOrder(another)())).toMatchObject(E.left({ code }));
    expect(await held()).toBe(1);
    appends.goOn();
    expect(await world.passing(placing)).toMatchObject(E.right({ orderId, status: 'CREATED', total: 900 }));
    await isRight();
    expect(await held(other)).toBe(0);
  });

  it('both are answered with one order when they ask for the same', async () => {
    const one = first.calls.createOrder(wish)();
    await world.soon(() => appends.waiting() === 1);
    const two = second.calls.createOrder(wish)();
    await world.soon(() => appends.waiting() === 2);
    appends.goOn();
    for (const answer of await world.passing(Promise.all([one, two])))
      expect(answer).toMatchObject(E.right({ orderId, status: 'CREATED', total: 900 }));
    await isRight();
  });

  it('the one that comes second gives back what only it took', async () => {
    const one = first.calls.createOrder(wish)();
    await world.soon(() => appends.waiting() === 1);
    const another = { ...wish, lines: [{ productId: other, quantity: 2 }] };
    const two = second.calls.createOrder(another)();
    await world.soon(() => appends.waiting() === 2);
    expect(await held(other)).toBe(2);
    appends.goOn();
    expect(await world.passing(one)).toMatchObject(E.right({ orderId, status: 'CREATED' }));
    expect(await world.passing(two)).toStrictEqual(E.left({ code: 'REQUEST_ID_REUSED' }));
    await world.soon(async () => (await held(other)) === 0);
    await isRight();
  });

  it('neither takes from the other what both rely on, when one of them cannot go on', async () => {
    const one = first.calls.createOrder(wish)();
    await world.soon(() => appends.waiting() === 1);
    const failing = await world.live(null, (outside) => ({
      ...outside,
      eventStore: {
        ...outside.eventStore,
        append: (streamId, ...rest) =>
          streamId === `order-${orderId}`
            ? TE.left('EventStoreUnavailable')
            : outside.eventStore.append(streamId, ...rest),
      },
    }));
    expect(await world.passing(failing.calls.createOrder(wish)())).toStrictEqual(E.left({ code: 'UNAVAILABLE' }));
    expect(await held()).toBe(1);
    appends.goOn();
    expect(await world.passing(one)).toMatchObject(E.right({ orderId, status: 'CREATED' }));
    await isRight();
  });
});
