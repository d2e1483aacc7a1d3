import { either as E, taskEither as TE } from 'fp-ts';
import { answerOf } from '../../../support/answer-of.js';
import { heldAppends } from '../../../support/orders/held-appends.js';
import { type Outside } from '../../../support/orders/mortal.js';
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
      'something else as well',
      { ...wish, lines: [...wish.lines, { productId: other, quantity: 1 }] },
      'REQUEST_ID_REUSED',
    ],
    ['another amount of points', { ...wish, usePoints: 150 }, 'REQUEST_ID_REUSED'],
    ['the same for somebody else', { ...wish, userId: 'ben' }, 'ORDER_EXISTS'],
  ])('the second, which wants %s, takes nothing and gives nothing back', async (_, another, code) => {
    appends.hold(`order-${orderId}`, 1);
    const placing = first.calls.createOrder(wish)();
    await world.soon(() => appends.waiting() === 1);
    expect(await world.passing(second.calls.createOrder(another)())).toMatchObject(E.left({ code }));
    expect(await held()).toBe(1);
    appends.goOn();
    expect(await world.passing(placing)).toMatchObject(E.right({ orderId, status: 'CREATED', total: 900 }));
    await isRight();
    expect(await held(other)).toBe(0);
  });

  it.each([
    ['about to begin', 0],
    ['about to end', 1],
  ])('both are answered with one order when they ask for the same, %s', async (_, letPass) => {
    appends.hold(`order-${orderId}`, letPass);
    const one = first.calls.createOrder(wish)();
    await world.soon(() => appends.waiting() === 1);
    const two = second.calls.createOrder(wish)();
    await world.soon(() => appends.waiting() === 2);
    appends.goOn();
    for (const answer of await world.passing(Promise.all([one, two])))
      expect(answer).toMatchObject(E.right({ orderId, status: 'CREATED', total: 900 }));
    await isRight();
  });

  it('the one that comes second has taken nothing by then', async () => {
    appends.hold(`order-${orderId}`);
    const one = first.calls.createOrder(wish)();
    await world.soon(() => appends.waiting() === 1);
    const another = { ...wish, lines: [{ productId: other, quantity: 2 }] };
    const two = second.calls.createOrder(another)();
    await world.soon(() => appends.waiting() === 2);
    expect(await held(other)).toBe(0);
    appends.goOn();
    expect(await world.passing(one)).toMatchObject(E.right({ orderId, status: 'CREATED' }));
    expect(await world.passing(two)).toStrictEqual(E.left({ code: 'REQUEST_ID_REUSED' }));
    expect(await held(other)).toBe(0);
    await isRight();
  });

  it('one that cannot go on says that it may stand, and takes nothing from the other', async () => {
    appends.hold(`order-${orderId}`, 1);
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
    expect(await world.passing(failing.calls.createOrder(wish)())).toStrictEqual(
      E.left({ code: 'OUTCOME_UNKNOWN', orderId }),
    );
    expect(await held()).toBe(1);
    appends.goOn();
    expect(await world.passing(one)).toMatchObject(E.right({ orderId, status: 'CREATED' }));
    await isRight();
  });
});

describe('an order under an id of our own', () => {
  it('is not looked for before it is placed', async () => {
    const read: string[] = [];
    const reading = await world.live(null, ({ eventStore, ...outside }) => ({
      ...outside,
      eventStore: {
        ...eventStore,
        readStream: (streamId, ...rest) => {
          if (streamId.startsWith('order-')) read.push(streamId);
          return eventStore.readStream(streamId, ...rest);
        },
      },
    }));
    const { orderId: _, ...unnamed } = wish;
    const placed = await world.passing(reading.calls.createOrder(unnamed)());
    expect(placed).toMatchObject(E.right({ status: 'CREATED', total: 900 }));
    expect(read).toEqual([]);
    await world.passing(reading.calls.createOrder(wish)());
    expect(read).toContain(`order-${orderId}`);
  });
});

describe('an order that cannot be had', () => {
  const short = {
    ...wish,
    usePoints: 0,
    lines: [
      { productId, quantity: 2 },
      { productId: other, quantity: 1 },
    ],
  };
  /** A gate that knows nothing lets everybody through: the writer of the stock has the last word. */
  const emptied = async (seenAs = (outside: Outside): Outside => outside) => {
    await world.passing(
      answerOf(first.calls.createOrder({ ...short, orderId: 'before', lines: [{ productId: other, quantity: 3 }] })),
    );
    return world.live(null, seenAs, { isGateBlind: true });
  };

  it('is no order, and holds nothing by the time it is refused', async () => {
    const blind = await emptied();
    const refused = await world.passing(blind.calls.createOrder(short)());
    expect(refused).toMatchObject(E.left({ code: 'INSUFFICIENT_STOCK', lines: [{ productId: other }] }));
    await world.soon(async () => (await held()) === 0);
    expect(await blind.calls.orderById(orderId)()).toEqual(E.left({ code: 'ORDER_NOT_FOUND' }));
    expect(await world.verifyStock(productId)).toMatchObject({ verdict: 'PASS' });
  });

  it('can be ordered under the same id once there is enough', async () => {
    const blind = await emptied();
    await world.passing(blind.calls.createOrder(short)());
    await world.passing(answerOf(blind.calls.cancelOrder({ orderId: 'before', reason: 'no', correlationId })));
    await world.soon(async () => (await held(other)) === 0);
    expect(await world.passing(blind.calls.createOrder(short)())).toMatchObject(
      E.right({ orderId, status: 'CREATED' }),
    );
    expect([await held(), await held(other)]).toEqual([2, 1]);
    expect(await answerOf(world.verifyOrder(orderId))).toMatchObject({ verdict: 'PASS', status: 'CREATED' });
  });

  it('is not tried again while nobody can be told to give back what it took: no goods stay held for two attempts', async () => {
    let isAway = true;
    const blind = await emptied(({ messageLog, ...outside }) => ({
      ...outside,
      messageLog: {
        ...messageLog,
        publish: (topic, message) =>
          isAway && message.headers['event-type'] === 'STOCK_RELEASE'
            ? TE.left('PublishFailed')
            : messageLog.publish(topic, message),
      },
    }));
    await Promise.all([first.stop(), second.stop()]);
    await world.passing(blind.calls.createOrder(short)());
    expect(await world.passing(blind.calls.createOrder(short)())).toEqual(E.left({ code: 'UNAVAILABLE' }));
    isAway = false;
    await world.soon(async () => (await held()) === 0);
    expect(await world.verifyStock(productId)).toMatchObject({ verdict: 'PASS' });
  });
});
