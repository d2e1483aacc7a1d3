import { either as E } from 'fp-ts';
import { type EventStore } from '../../../src/application/ports/event-store.js';
import { answerOf } from '../../support/answer-of.js';
import { orderWorld, type OrderWorld } from '../../support/orders/order-world.js';

const [productId, userId, orderId, correlationId] = ['console', 'ana', 'order-1', 'trace'];
const shipping = { recipient: 'Ana', address: 'Harbour 1', phone: null };
const lines = [{ productId, quantity: 2 }];
const wish = { orderId, userId, lines, shipping, couponId: null, usePoints: 300, correlationId };

let world: OrderWorld;
beforeEach(async () => {
  world = await orderWorld();
});
afterEach(() => world.close());

type Append = EventStore['append'];

/** Three on the shelf, ana has 500 points; appends to her order do what the test says. */
const placing = async (appendToOrder: (append: Append) => Append) => {
  const { calls } = await world.live(null, (outside) => {
    const { append } = outside.eventStore;
    const changed = appendToOrder(append);
    const eventStore: EventStore = {
      ...outside.eventStore,
      append: (...asked) => (asked[0] === `order-${orderId}` ? changed : append)(...asked),
    };
    return { ...outside, eventStore };
  });
  const product = { productId, name: 'Console', price: 1_000, stock: 3, eventId: null, correlationId };
  await world.passing(answerOf(calls.createProduct(product)));
  await world.passing(answerOf(calls.chargePoints({ userId, amount: 500, correlationId })));
  const seen = async () => ({
    held: (await answerOf(calls.productById(productId))).held,
    reserved: (await answerOf(calls.pointsOfUser(userId))).reserved,
  });
  return { calls, seen, place: () => world.passing(calls.createOrder(wish)()) };
};

test('a bug between taking and recording leaves nothing held by an order that does not stand', async () => {
  const { place, seen } = await placing(() => () => () => Promise.reject(new RangeError('too deep')));
  await expect(place()).rejects.toThrow('too deep');
  // At once: the hold itself would last for 20 s of this clock.
  const before = world.clock.now();
  await world.soon(async () => expect(await seen()).toEqual({ held: 0, reserved: 0 }));
  expect(world.clock.now() - before).toBeLessThan(19_000);
});

test('a bug after the order was recorded takes nothing away from it', async () => {
  const { calls, place, seen } = await placing((append) => (...asked) => async () => {
    await append(...asked)();
    throw new Error('after the fact');
  });
  await expect(place()).rejects.toThrow('after the fact');
  await world.soon(async () => expect(await answerOf(calls.orderById(orderId))).toMatchObject({ status: 'CREATED' }));
  expect(await seen()).toEqual({ held: 2, reserved: 300 });
});

test('an order that may stand keeps what it took, whatever the store says to later tries', async () => {
  let tries = 0;
  const { calls, place, seen } = await placing((append) => (...asked) => async () => {
    tries += 1;
    if (tries > 1) return E.left('EventStoreUnavailable');
    await append(...asked)();
    return E.left('AppendOutcomeUnknown');
  });
  expect(await place()).toEqual(E.left({ code: 'OUTCOME_UNKNOWN', orderId }));
  await world.soon(async () => expect(await answerOf(calls.orderById(orderId))).toMatchObject({ status: 'CREATED' }));
  expect(await seen()).toEqual({ held: 2, reserved: 300 });
  expect(await place()).toMatchObject({ right: { orderId, status: 'CREATED' } });
});
