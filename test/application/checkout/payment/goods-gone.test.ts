import { either as E, taskEither as TE } from 'fp-ts';
import { holdForPayment } from '../../../../src/application/checkout/payment/hold-for-payment.js';
import { askStock } from '../../../../src/application/checkout/stock/ask-stock.js';
import { stockHoldId, stockHoldsView } from '../../../../src/application/checkout/stock/views/stock-holds.js';
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
  const release = { eventType: 'STOCK_RELEASE', productId, orderId: 'o2', reason: 'CANCELLED' } as const;
  // By a process whose clock is far ahead.
  const ahead = { ...clock, now: () => expiresAt };
  const expire = { eventType: 'STOCK_EXPIRE_HOLDS' as const, productId, orderIds: [orderId] };
  const held = async (units: number) => {
    await world.soon(async () => expect(await answerOf(calls.productById(productId))).toMatchObject({ held: units }));
  };
  await answerOf(askStock({ log, readModels, clock: ahead, ids, waitMs: 5_000 }).tell(expire, correlationId));
  const other = { productId, orderId: 'o2', userId: 'ben', quantity: 1, expiresAt, again: false };
  await world.passing(answerOf(stock.reserve(other, correlationId)));
  await held(1);
  const approval = { paymentId, gatewayPaymentId: 'ok-1', correlationId };
  expect(await world.passing(calls.approvePayment(approval)())).toEqual(E.left({ code: 'PAYMENT_DECLINED' }));
  expect(world.ledger.all()).toEqual([]);

  await answerOf(stock.tell(release, correlationId));
  await held(0);
  expect(await world.passing(answerOf(calls.approvePayment(approval)))).toMatchObject({ status: 'PAID' });
  await world.soon(async () => {
    expect(await answerOf(calls.productById(productId))).toMatchObject({ onHand: 0, held: 0 });
    expect(await answerOf(calls.orderById(orderId))).toMatchObject({ status: 'CONFIRMED' });
  });
  await world.close();
});

describe('a hold that nobody has begun to pay for', () => {
  const HOLD_MS = 60_000;
  let world: Awaited<ReturnType<typeof orderWorld>>;
  let calls: Awaited<ReturnType<typeof world.live>>['calls'];
  let paymentId: string;
  let endsAt: number;
  beforeEach(async () => {
    world = await orderWorld();
    ({ calls } = await world.live());
    const product = { productId, name: 'Console', price: 1_000, stock: 2, eventId: null, correlationId };
    await world.passing(answerOf(calls.createProduct(product)));
    const wish = { orderId, userId, lines: [{ productId, quantity: 2 }], shipping, couponId: null, usePoints: 0 };
    const order = await world.passing(answerOf(calls.createOrder({ ...wish, correlationId })));
    endsAt = order.holdExpiresAt;
    const payment = { orderId, userId, amount: 2_000, correlationId };
    ({ paymentId } = await world.passing(answerOf(calls.preparePayment(payment))));
  });
  afterEach(() => world.close());

  /** A process whose clock is this far ahead of the others. */
  const process = (aheadMs: number) => {
    const { clock, messageLog: log, readModels } = world;
    const ahead = { ...clock, now: () => clock.now() + aheadMs };
    let asked = 0;
    const ids = { next: () => `ahead-${(asked += 1)}` };
    return askStock({ log, readModels, clock: ahead, ids, waitMs: 5_000 });
  };
  const expire = async (aheadMs: number) => {
    const request = { eventType: 'STOCK_EXPIRE_HOLDS' as const, productId, orderIds: [orderId] };
    await answerOf(process(aheadMs).tell(request, correlationId));
  };
  const approve = () =>
    world.passing(calls.approvePayment({ paymentId, gatewayPaymentId: 'ok-1', correlationId })(), 1);
  const goods = async () => (await answerOf(calls.productById(productId))).available;

  it('ends with its time, and then is not paid for, whatever a view still shows', async () => {
    const build = { view: stockHoldsView.name, version: stockHoldsView.version, build: 1 };
    const shown = await answerOf(world.readModels.getMany(build, [stockHoldId(orderId, productId)]));
    expect(shown).toMatchObject([{ value: { status: 'Held', expiresAt: endsAt } }]);
    const lagging = Object.assign(Object.create(world.readModels), { getMany: () => TE.right(shown) });
    world.clock.move(endsAt - world.clock.now() - 1_000);
    await expire(1_000);
    const other = { productId, orderId: 'o2', userId: 'ben', quantity: 2, expiresAt: endsAt + HOLD_MS, again: false };
    await world.passing(answerOf(process(0).reserve(other, correlationId)), 1);
    const seenSo = holdForPayment({ ...world, readModels: lagging, stock: process(500) });
    expect(await world.passing(answerOf(seenSo(order(), endsAt, correlationId)), 1)).toBe('Gone');
    expect(world.clock.now()).toBeLessThan(endsAt);
    expect(await approve()).toEqual(E.left({ code: 'PAYMENT_DECLINED' }));
    expect(world.ledger.all()).toEqual([]);
    // The number of the gateway's is as free as it was.
    expect(await answerOf(world.eventStore.readStream('gatewayPayment-ok-1', 0, 1))).toEqual([]);
  });

  it('outlasts its time once somebody has, however short that is before', async () => {
    world.clock.move(endsAt - world.clock.now() - 1_000);
    expect(await approve()).toMatchObject(E.right({ status: 'PAID' }));
    await expire(HOLD_MS);
    await world.soon(async () =>
      expect(await answerOf(calls.orderById(orderId))).toMatchObject({ status: 'CONFIRMED' }),
    );
    expect(await goods()).toBe(0);
  });

  it('outlasts it also if the payment has long been under way then', async () => {
    await world.passing(answerOf(holdForPayment({ ...world, stock: process(0) })(order(), endsAt, correlationId)));
    await expire(10 * HOLD_MS);
    await world.passing(answerOf(process(0).deduct({ productId, orderId }, correlationId)));
    expect(await goods()).toBe(0);
  });

  it('is not taken once more for an order that was cancelled just before', async () => {
    await world.passing(answerOf(calls.cancelOrder({ orderId, reason: 'why not', correlationId })));
    await world.soon(async () => (await goods()) === 2);
    const held = holdForPayment({ ...world, stock: process(0) })(order(), endsAt, correlationId);
    expect(await world.passing(answerOf(held))).toBe('Gone');
    expect(await goods()).toBe(2);
  });

  it('cannot be paid for while nobody can be told of it', async () => {
    const stock = { ...process(0), tell: () => TE.left('UNAVAILABLE' as const) };
    expect(await holdForPayment({ ...world, stock })(order(), endsAt, correlationId)()).toEqual(E.left('Unavailable'));
  });

  const order = () => ({ orderId, userId, lines: [{ productId, quantity: 2, unitPrice: 1_000 }] });
});
