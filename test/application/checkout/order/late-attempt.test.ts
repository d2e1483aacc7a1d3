import { either as E } from 'fp-ts';
import { answerOf } from '../../../support/answer-of.js';
import { type Outside } from '../../../support/orders/mortal.js';
import { orderWorld, type OrderWorld } from '../../../support/orders/order-world.js';

const [productId, couponId, userId, orderId, correlationId] = ['console', 'tenth', 'ana', 'order-1', 'trace'];
const shipping = { recipient: 'Ana', address: 'Harbour 1' };
const wish = {
  ...{ orderId, userId, shipping, couponId, correlationId },
  lines: [{ productId, quantity: 1 }],
  usePoints: 200,
};
type Life = Awaited<ReturnType<OrderWorld['live']>>;

/** A process whose first request to reserve goods leaves it only when it is told to. */
const stalling = () => {
  let isFirst = true;
  let goOn = (): void => undefined;
  const released = new Promise<void>((resolve) => (goOn = resolve));
  const seenAs = ({ messageLog, ...outside }: Outside): Outside => ({
    ...outside,
    messageLog: {
      ...messageLog,
      publish: (topic, message) => async () => {
        const isStalled = isFirst && message.headers['event-type'] === 'STOCK_RESERVE';
        if (isStalled) {
          isFirst = false;
          await released;
        }
        return messageLog.publish(topic, message)();
      },
    },
  });
  return { seenAs, goOn, isStalled: () => !isFirst };
};

let world: OrderWorld;
let stall: ReturnType<typeof stalling>;
let slow: Life;
let other: Life;

/** Two processes; one console for each customer at a time, 150 points of Ana and her coupon. No gate: the writer of the stock decides. */
beforeEach(async () => {
  world = await orderWorld();
  stall = stalling();
  other = await world.live(null, undefined, { isGateBlind: true });
  slow = await world.live(null, stall.seenAs, { isGateBlind: true });
  const limits = { maxOpenHolds: 1 };
  const product = { productId, name: 'Console', price: 1_000, stock: 1, eventId: null, limits, correlationId };
  await world.passing(answerOf(other.calls.createProduct(product)));
  await charge(150);
  const at = world.clock.now();
  const terms = { name: 'Tenth', quantity: 1, discount: { kind: 'PERCENT', value: 10 }, opensAt: null, closesAt: null };
  await world.append(
    `coupon-${couponId}`,
    { type: 'CouponCreated', ...{ couponId, ...terms, eventId: null, at } },
    { type: 'CouponIssued', ...{ couponId, userId, requestId: 'r1', place: 1, at } },
  );
});
afterEach(() => world.close());

const charge = (amount: number) => world.passing(answerOf(other.calls.chargePoints({ userId, amount, correlationId })));

const attemptsRefused = async (): Promise<number> => {
  const events = await answerOf(world.eventStore.readStream(`order-${orderId}`, 0, 100));
  return events.filter(({ event }) => event.type === 'OrderNotPlaced').length;
};

/** The first attempt stalls and its deadline ends it; then the customer repeats it by way of the other process. */
const refusedTwice = async (code: string) => {
  const first = slow.calls.createOrder(wish)();
  await world.soon(() => stall.isStalled());
  await world.soon(async () => (await attemptsRefused()) === 1);
  expect(await world.passing(other.calls.createOrder(wish)())).toMatchObject(E.left({ code }));
  expect(await attemptsRefused()).toBe(2);
  return {
    goesOn: () => {
      stall.goOn();
      return world.passing(first);
    },
  };
};

/** She may hold one order at a time, her coupon is good for one, and she has the points for one. */
const canOrderAgain = async () => {
  await world.soon(async () => expect(await world.verifyStock(productId)).toMatchObject({ held: 0, verdict: 'PASS' }));
  expect(await answerOf(other.calls.pointsOfUser(userId))).toMatchObject({ balance: 250, reserved: 0 });
  const another = await world.passing(other.calls.createOrder({ ...wish, orderId: 'order-2' })());
  expect(another).toMatchObject(E.right({ status: 'CREATED', discount: 100, points: 200 }));
};

describe('the first of two attempts, which goes on only when both were refused', () => {
  it('for want of points, takes nothing that the second gave back', async () => {
    const first = await refusedTwice('INSUFFICIENT_POINTS');
    await charge(100);
    expect(await first.goesOn()).toMatchObject(E.left({ code: 'INSUFFICIENT_POINTS' }));
    await canOrderAgain();
  });

  it('for want of goods, gives back what it takes now', async () => {
    const bens = { ...wish, orderId: 'bens', userId: 'ben', couponId: null, usePoints: 0 };
    await world.passing(answerOf(other.calls.createOrder(bens)));
    const first = await refusedTwice('INSUFFICIENT_STOCK');
    await charge(100);
    await world.passing(answerOf(other.calls.cancelOrder({ orderId: 'bens', reason: 'no', correlationId })));
    await world.soon(async () => (await world.verifyStock(productId)).held === 0);
    expect(await first.goesOn()).toMatchObject(E.left({ code: 'INSUFFICIENT_STOCK' }));
    await canOrderAgain();
  });
});
