import { either as E } from 'fp-ts';
import { type Death } from '../support/orders/mortal.js';
import { answerOf } from '../support/answer-of.js';
import { orderWorld, type OrderWorld } from '../support/orders/order-world.js';

const [productId, couponId, userId, orderId] = ['console', 'tenth', 'ana', 'order-1'];
const correlationId = 'trace';
const shipping = { recipient: 'Ana', address: 'Harbour 1', phone: null };
const wish = {
  orderId,
  userId,
  lines: [{ productId, quantity: 2 }],
  shipping,
  couponId,
  usePoints: 300,
  correlationId,
};
const TOTAL = 1_500;

type Life = Awaited<ReturnType<OrderWorld['live']>>;

/** Three on the shelf; ana has a coupon of ten percent and 500 points. */
const begun = async (): Promise<OrderWorld> => {
  const world = await orderWorld();
  const at = world.clock.now();
  const terms = { name: 'Tenth', quantity: 1, discount: { kind: 'PERCENT', value: 10 }, opensAt: null, closesAt: null };
  await world.append(
    `coupon-${couponId}`,
    { type: 'CouponCreated', ...{ couponId, ...terms, eventId: null, at } },
    { type: 'CouponIssued', ...{ couponId, userId, requestId: 'r1', place: 1, at } },
  );
  const life = await world.live();
  const product = { productId, name: 'Console', price: 1_000, stock: 3, eventId: null, correlationId };
  await world.passing(answerOf(life.calls.createProduct(product)));
  await world.passing(answerOf(life.calls.chargePoints({ userId, amount: 500, correlationId })));
  await life.stop();
  return world;
};

interface Story {
  readonly cancels: boolean;
}

/** Orders, pays and perhaps cancels, as far as that goes. */
const shop = async (world: OrderWorld, { calls }: Life, { cancels }: Story): Promise<void> => {
  const placed = await world.passing(calls.createOrder(wish)());
  if (E.isLeft(placed)) return;
  const payment = { orderId, userId, amount: TOTAL, gatewayPaymentId: 'ok-1', correlationId };
  await world.passing(calls.payAtOnce(payment)());
  if (cancels) await world.passing(calls.cancelOrder({ orderId, reason: 'changed my mind', correlationId })());
};

const FINAL = new Set(['CONFIRMED', 'CANCELLED', 'EXPIRED', 'FAILED']);

/** What the order has come to, null when it was never placed; throws while anything is on its way, or half done. */
const outcomeOf = async (world: OrderWorld, { calls }: Life): Promise<string | null> => {
  const order = await calls.orderById(orderId)();
  const status = E.isRight(order) ? order.right.status : null;
  expect(status === null || FINAL.has(status)).toBe(true);
  const isBought = status === 'CONFIRMED';
  const product = await answerOf(calls.productById(productId));
  expect(product).toMatchObject({ onHand: isBought ? 1 : 3, held: 0 });
  expect(await answerOf(calls.pointsOfUser(userId))).toMatchObject({ balance: isBought ? 200 : 500, reserved: 0 });
  const charged = world.ledger.all().filter(({ state }) => state === 'CHARGED');
  expect(charged).toHaveLength(isBought ? 1 : 0);
  if (status !== null) expect(await answerOf(world.verifyOrder(orderId))).toMatchObject({ verdict: 'PASS' });
  expect(await world.verifyStock(productId)).toMatchObject({ verdict: 'PASS' });
  return status;
};

/** One sale with one death; undefined when the story was over before that effect. */
const survive = async (death: Death, story: Story, insists: boolean): Promise<string | null | undefined> => {
  const world = await begun();
  try {
    const first = await world.live(death);
    await shop(world, first, story);
    // What follows behind the calls may be what it dies of.
    await world.soon(async () => {
      if (!first.isDead()) await outcomeOf(world, first);
    });
    const died = first.isDead();
    await first.stop();
    if (!died) return undefined;
    const second = await world.live();
    if (insists) await shop(world, second, story);
    const status = await world.soon(() => outcomeOf(world, second));
    expect(world.alerts).toEqual([]);
    await second.stop();
    return status;
  } finally {
    await world.close();
  }
};

const matrix = [true, false].flatMap((cancels) =>
  [true, false].flatMap((insists) => (['before', 'after'] as const).map((when) => ({ cancels, insists, when }))),
);

test.each(matrix)(
  'whoever orders, pays (cancels: $cancels) and asks again after a crash ($insists): a crash $when any step leaves nothing half done',
  async ({ cancels, insists, when }) => {
    const outcomes = new Set<string | null>();
    let at = 1;
    for (; ; at += 1) {
      const outcome = await survive({ at, when }, { cancels }, insists).catch((error: unknown) => {
        throw new Error(`Dead ${when} effect ${at}`, { cause: error });
      });
      if (outcome === undefined) break;
      outcomes.add(outcome);
    }
    expect(at).toBeGreaterThan(10);
    expect(outcomes.size).toBeGreaterThan(0);
  },
);

/** The moment everything was taken and the order itself is about to be created: goods asked for and held, coupon, points. */
const BEFORE_THE_ORDER: Death = { at: 6, when: 'before' };

const halfPlacedWorlds: OrderWorld[] = [];
afterEach(async () => {
  for (const world of halfPlacedWorlds.splice(0)) await world.close();
});
const halfPlaced = async (): Promise<OrderWorld> => {
  const world = await begun();
  halfPlacedWorlds.push(world);
  const first = await world.live(BEFORE_THE_ORDER);
  await world.passing(first.calls.createOrder(wish)());
  expect(first.isDead()).toBe(true);
  await first.stop();
  return world;
};
const soonPlaced = async (world: OrderWorld, { calls }: Life) => {
  const begunAt = world.clock.now();
  await world.soon(async () => {
    expect(await answerOf(calls.orderById(orderId))).toMatchObject({ status: 'CREATED', total: TOTAL });
    expect(await answerOf(calls.productById(productId))).toMatchObject({ onHand: 3, held: 2 });
    expect(await answerOf(calls.pointsOfUser(userId))).toMatchObject({ balance: 500, reserved: 300 });
    expect(await answerOf(world.verifyOrder(orderId))).toMatchObject({ verdict: 'PASS' });
    expect(await world.verifyStock(productId)).toMatchObject({ verdict: 'PASS' });
  });
  return world.clock.now() - begunAt;
};

test('broken off when everything was taken: it is an order soon, long before its hold runs out, though nobody asks for it', async () => {
  const world = await halfPlaced();
  const life = await world.live();
  expect(await answerOf(life.calls.productById(productId))).toMatchObject({ held: 2 });
  expect(await life.calls.orderById(orderId)()).toEqual(E.left({ code: 'ORDER_NOT_FOUND' }));
  expect(await world.verifyStock(productId)).toMatchObject({ verdict: 'PASS' });
  expect(await soonPlaced(world, life)).toBeLessThan(20_000);
});

test('broken off and asked for again: it is one order, at once, with what was taken for it', async () => {
  const world = await halfPlaced();
  const life = await world.live();
  expect(await world.passing(answerOf(life.calls.createOrder(wish)))).toMatchObject({
    status: 'CREATED',
    total: TOTAL,
  });
  await soonPlaced(world, life);
});

test.each([
  [
    'other goods, without coupon and points',
    { lines: [{ productId: 'game', quantity: 1 }], couponId: null, usePoints: 0 },
  ],
  ['another quantity', { lines: [{ productId, quantity: 1 }] }],
  ['other points', { usePoints: 100 }],
])('broken off and asked for with %s: never another amount than what is taken', async (_, changed) => {
  const world = await halfPlaced();
  const life = await world.live();
  const product = { productId: 'game', name: 'Game', price: 100, stock: 1, eventId: null, correlationId };
  await world.passing(answerOf(life.calls.createProduct(product)));
  expect(await world.passing(life.calls.createOrder({ ...wish, ...changed })())).toEqual(
    E.left({ code: 'REQUEST_ID_REUSED' }),
  );
  await soonPlaced(world, life);
  expect(await answerOf(life.calls.productById('game'))).toMatchObject({ held: 0 });
});
