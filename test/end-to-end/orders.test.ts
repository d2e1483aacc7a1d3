import { type Client, type components, createClient } from '../../packages/client/src/index.js';
import { checkedFetch } from '../support/contract/checked-fetch.js';
import { eventually } from '../support/eventually.js';
import { http } from '../support/server/http.js';
import { startInProcess } from '../support/server/in-process-server.js';
import { type RunningServer } from '../../src/infrastructure/start-server.js';
import { tempDirs } from '../support/temp-dir.js';

let server: RunningServer;
let nth = 0;

afterAll(() => server.stop());
const newDir = tempDirs();

beforeAll(async () => {
  server = await startInProcess(newDir(), { ORDER_HOLD_SECONDS: '60', PAYMENT_HOLD_SECONDS: '90' });
});

/** What a shop's page calls. */
const shop = (): Client => createClient({ url: server.url, fetch: checkedFetch });
type Terms = Partial<components['schemas']['NewOrder']>;

const get = async (path: string) => (await http(`${server.url}${path}`)).body;
const post = (path: string, body: object = {}) => http(`${server.url}${path}`, body);
const shipping = { recipient: 'Ana', address: 'Harbour 1' };
const newProduct = async (stock: number, more: object = {}): Promise<string> => {
  const productId = `product-${(nth += 1)}`;
  const created = await post('/api/products', { productId, name: 'Ticket', price: 1_000, stock, ...more });
  expect(created.status).toBe(201);
  return productId;
};
const order = (userId: string, lines: ReadonlyArray<[string, number]>, more: Terms = {}) =>
  shop().orders.place({
    userId,
    lines: lines.map(([productId, quantity]) => ({ productId, quantity })),
    shipping,
    ...more,
  });
const ordered = async (userId: string, productId: string, quantity = 1, more: Terms = {}): Promise<string> => {
  const placed = await order(userId, [[productId, quantity]], more);
  expect(placed).toMatchObject({ ok: true, value: { status: 'CREATED' } });
  return placed.ok ? placed.value.orderId : '';
};
const refused = (status: number, code: string, more: object = {}) => ({
  ok: false,
  problem: { status, code, ...more },
});
const pay = (orderId: string, userId: string, amount: number, gatewayPaymentId: string) =>
  shop().payments.pay({ orderId, userId, amount, gatewayPaymentId });
const cancel = (orderId: string) => shop().orders.cancel(orderId);
const until = (orderId: string, status: string) =>
  eventually(async () => expect(await shop().orders.get(orderId)).toMatchObject({ ok: true, value: { status } }));
const stockIs = (productId: string, onHand: number, held: number) =>
  eventually(async () =>
    expect(await shop().orders.product(productId)).toMatchObject({
      ok: true,
      value: { onHand, held, available: onHand - held },
    }),
  );

test('where an order goes is written as the shop writes it, and is shown as it was written', async () => {
  const productId = await newProduct(1);
  const written = { name: 'Ana', street: 'Harbour 1', postcode: '04524', doorCode: 7, lift: null };
  const orderId = await ordered('ana', productId, 1, { shipping: written });
  expect(await shop().orders.get(orderId)).toMatchObject({ ok: true, value: { shipping: written } });
  expect(await order('ana', [[productId, 1]], { shipping: {} })).toMatchObject(
    refused(400, 'INVALID_REQUEST', { errors: [{ path: 'shipping' }] }),
  );
});

test('an order is placed, paid, confirmed, shipped and delivered; its goods leave the shelf once', async () => {
  const productId = await newProduct(5);
  const placed = await order('ana', [
    [productId, 2],
    [productId, 1],
  ]);
  expect(placed).toMatchObject({ ok: true, value: { status: 'CREATED', total: 3_000 } });
  const orderId = placed.ok ? placed.value.orderId : '';
  await stockIs(productId, 5, 3);

  const { payments } = shop();
  const prepared = await payments.prepare({ orderId, userId: 'ana', amount: 3_000 });
  expect(prepared).toMatchObject({ ok: true, value: { status: 'PENDING' } });
  const paymentId = prepared.ok ? prepared.value.paymentId : '';
  for (const _ of ['once', 'again'])
    expect(await payments.approve(paymentId, 'ok-1')).toMatchObject({ ok: true, value: { status: 'PAID' } });
  await until(orderId, 'CONFIRMED');
  await stockIs(productId, 2, 0);
  await eventually(async () =>
    expect((await http(`${server.url}/metrics`)).text).toMatch(/^order_completed_count [1-9]/m),
  );

  expect(await post(`/api/orders/${orderId}/deliver`)).toMatchObject({
    status: 409,
    body: { code: 'INVALID_ORDER_STATE' },
  });
  expect(await post(`/api/orders/${orderId}/ship`)).toMatchObject({ status: 200, body: { status: 'SHIPPED' } });
  expect(await cancel(orderId)).toMatchObject(refused(409, 'INVALID_ORDER_STATE'));
  expect(await post(`/api/orders/${orderId}/deliver`)).toMatchObject({ status: 200, body: { status: 'DELIVERED' } });
  const ledger = await get(`/api/products/${productId}/stock-audit`);
  expect(ledger['items']).toMatchObject([
    { kind: 'RECEIVED', onHand: 5 },
    { kind: 'RESERVED', held: 3, orderId },
    { kind: 'EXTENDED' },
    { kind: 'DEDUCTED', onHand: -3, held: -3, orderId },
  ]);
});

test('all lines of an order or none, and the short ones are named', async () => {
  const [many, few] = [await newProduct(10), await newProduct(1)];
  const tooMany = await order('ana', [
    [many, 3],
    [few, 2],
  ]);
  expect(tooMany).toMatchObject(refused(409, 'INSUFFICIENT_STOCK', { lines: [{ productId: few }] }));
  await stockIs(many, 10, 0);
  expect(await order('ana', [['nothing', 1]])).toMatchObject(refused(404, 'PRODUCT_NOT_FOUND'));
});

test('a delivery is received once by its note, and is sold from then on', async () => {
  const productId = await newProduct(1);
  const receive = (quantity: number, more: object = {}) =>
    post(`/api/products/${productId}/stock`, { quantity, ...more });
  await ordered('ana', productId);
  expect(await order('ben', [[productId, 2]])).toMatchObject(refused(409, 'INSUFFICIENT_STOCK'));
  const five = { onHand: 6, held: 1, available: 5 };
  const answers = await Promise.all([1, 2, 3].map(() => receive(5, { deliveryNote: 'note-1' })));
  expect(answers.map(({ status, body }) => [status, body])).toStrictEqual(Array.from(answers, () => [200, five]));
  expect(await receive(5, { deliveryNote: 'note-1' })).toMatchObject({ status: 200, body: five });
  await ordered('ben', productId, 2);
  expect(await receive(1)).toMatchObject({ status: 200, body: { onHand: 7 } });
  expect(await receive(1)).toMatchObject({ status: 200, body: { onHand: 8 } });
  expect(await receive(0)).toMatchObject({ status: 400 });

  const late = `late-${productId}`;
  const deliver = () => post(`/api/products/${late}/stock`, { quantity: 2, deliveryNote: 'note-1' });
  expect(await deliver()).toMatchObject({ status: 404, body: { code: 'PRODUCT_NOT_FOUND' } });
  await post('/api/products', { productId: late, name: 'Late', price: 1, stock: 1 });
  expect(await deliver()).toMatchObject({ status: 200, body: { onHand: 3, held: 0, available: 3 } });
  expect(await get(`/admin/products/${productId}/verify`)).toMatchObject({ verdict: 'PASS', reasons: [] });
});

test('a declined payment leaves the order payable; the third one fails it', async () => {
  const productId = await newProduct(1);
  const orderId = await ordered('ana', productId);
  for (const n of [1, 2, 3])
    expect(await pay(orderId, 'ana', 1_000, `decline-${n}`)).toMatchObject(refused(402, 'PAYMENT_DECLINED'));
  await until(orderId, 'FAILED');
  await stockIs(productId, 1, 0);
});

test('an answer that does not come is pending, and asked for until it is known', async () => {
  const productId = await newProduct(2);
  const [charged, lost] = [await ordered('ana', productId), await ordered('ben', productId)];
  const unknown = { ok: true, value: { status: 'PENDING' } };
  expect(await pay(charged, 'ana', 1_000, 'timeout-1')).toMatchObject(unknown);
  expect(await pay(lost, 'ben', 1_000, 'lost-1')).toMatchObject(unknown);
  await until(charged, 'CONFIRMED');
  await until(lost, 'CONFIRMED');
  await stockIs(productId, 0, 0);
});

test('only the orderer pays, what it costs, while it can be paid', async () => {
  const orderId = await ordered('ana', await newProduct(1));
  const prepare = (userId: string, amount: number) => shop().payments.prepare({ orderId, userId, amount });
  expect(await prepare('ben', 1_000)).toMatchObject(refused(403, 'NOT_ORDERER'));
  expect(await prepare('ana', 999)).toMatchObject(refused(422, 'AMOUNT_MISMATCH', { total: 1_000 }));
  await cancel(orderId);
  expect(await prepare('ana', 1_000)).toMatchObject(refused(409, 'NOT_PAYABLE'));
});

test('a cancelled order gives back everything: goods, points, coupon and money', async () => {
  const couponId = `coupon-${(nth += 1)}`;
  await post('/api/coupons', { couponId, name: 'Tenth', quantity: 5, discount: { kind: 'PERCENT', value: 10 } });
  await shop().requestCoupon({ couponId, userId: 'zoe' });
  const couponIs = (status: string) =>
    eventually(async () =>
      expect(await shop().coupons.ofUser('zoe')).toMatchObject({ ok: true, value: { items: [{ couponId, status }] } }),
    );
  await couponIs('AVAILABLE');
  await post('/api/users/zoe/points/charge', { amount: 500 });
  const productId = await newProduct(3);
  const placed = await order('zoe', [[productId, 2]], { couponId, usePoints: 300 });
  expect(placed).toMatchObject({ ok: true, value: { total: 1_500, discount: 200, points: 300 } });
  const orderId = placed.ok ? placed.value.orderId : '';
  expect(await order('zoe', [[productId, 1]], { couponId })).toMatchObject(refused(409, 'COUPON_NOT_USABLE'));
  await couponIs('USED');
  expect(await pay(orderId, 'zoe', 1_500, 'ok-2')).toMatchObject({ ok: true, value: { status: 'PAID' } });
  await until(orderId, 'CONFIRMED');
  expect(await get('/api/users/zoe/points')).toMatchObject({ balance: 200, available: 200 });

  expect(await cancel(orderId)).toMatchObject({ ok: true, value: { status: 'CANCELLED' } });
  await stockIs(productId, 3, 0);
  await eventually(async () => expect(await get('/api/users/zoe/points')).toMatchObject({ balance: 500 }));
  await eventually(async () =>
    expect(await order('zoe', [[productId, 1]], { couponId })).toMatchObject({ ok: true, value: { discount: 100 } }),
  );
});

test('an order repeated with its id is placed once', async () => {
  const productId = await newProduct(5);
  const orderId = `mine-${(nth += 1)}`;
  const answers = await Promise.all(Array.from({ length: 5 }, () => order('ana', [[productId, 1]], { orderId })));
  for (const answer of answers) expect(answer).toMatchObject({ ok: true, value: { orderId } });
  expect(await order('ben', [[productId, 1]], { orderId })).toMatchObject(refused(409, 'ORDER_EXISTS'));
  await stockIs(productId, 5, 1);
});

describe('with holds that soon run out', () => {
  beforeAll(async () => {
    await server.stop();
    server = await startInProcess(newDir(), { ORDER_HOLD_SECONDS: '4', PAYMENT_HOLD_SECONDS: '3' });
  });

  test('an order that is not paid in time expires, and what it held is free again: goods, points', async () => {
    const productId = await newProduct(1);
    await post('/api/users/eve/points/charge', { amount: 300 });
    const orderId = await ordered('eve', productId, 1, { usePoints: 200 });
    expect(await get('/api/users/eve/points')).toMatchObject({ balance: 300, available: 100 });
    expect(await order('ben', [[productId, 1]])).toMatchObject(refused(409, 'INSUFFICIENT_STOCK'));
    await until(orderId, 'EXPIRED');
    await stockIs(productId, 1, 0);
    await eventually(async () =>
      expect(await get('/api/users/eve/points')).toMatchObject({ balance: 300, available: 300 }),
    );
  });

  const payLate = (orderId: string, userId: string) => pay(orderId, userId, 1_000, `delay-6000-${orderId}`);

  test('a payment that comes too late still pays the order when the goods are still there', async () => {
    const productId = await newProduct(1);
    const orderId = await ordered('ana', productId);
    const paying = payLate(orderId, 'ana');
    await until(orderId, 'EXPIRED');
    expect(await paying).toMatchObject({ ok: true, value: { status: 'PAID' } });
    await until(orderId, 'CONFIRMED');
    await stockIs(productId, 0, 0);
    expect(await get(`/admin/orders/${orderId}/verify`)).toMatchObject({ verdict: 'PASS', reasons: [] });
  });

  test('a payment that comes too late is given back when they are gone', async () => {
    const productId = await newProduct(1);
    const orderId = await ordered('ana', productId);
    const paying = payLate(orderId, 'ana');
    await until(orderId, 'EXPIRED');
    await stockIs(productId, 1, 0);
    const other = await ordered('ben', productId);
    await pay(other, 'ben', 1_000, 'ok-other');
    await paying;
    await until(other, 'CONFIRMED');
    await eventually(async () =>
      expect(await pay(orderId, 'ana', 1_000, 'ok-again')).toMatchObject({ problem: { orderStatus: 'EXPIRED' } }),
    );
    await eventually(async () => {
      const { body } = await http(`${server.url}/admin/orders/${orderId}/verify`);
      expect(body).toMatchObject({ verdict: 'PASS', status: 'EXPIRED' });
      expect(JSON.stringify(body['checks'])).toContain('REFUNDED');
    });
    expect(await get(`/admin/products/${productId}/verify`)).toMatchObject({ verdict: 'PASS', reasons: [] });
  });
});
