import { type RunningServer } from '../../src/infrastructure/start-server.js';
import { eventually } from '../support/eventually.js';
import { http } from '../support/server/http.js';
import { startInProcess } from '../support/server/in-process-server.js';
import { tempDirs } from '../support/temp-dir.js';

const MOST = 1_000_000_000_000;
let server: RunningServer;
let nth = 0;

afterAll(() => server.stop());
const newDir = tempDirs();

beforeAll(async () => {
  server = await startInProcess(newDir());
});

const get = async (path: string) => (await http(`${server.url}${path}`)).body;
const post = (path: string, body: object = {}) => http(`${server.url}${path}`, body);
const shipping = { recipient: 'Ana', address: 'Harbour 1' };
const newId = (kind: string): string => `${kind}-${(nth += 1)}`;
const newProduct = async (price: number, stock = 1_000_000): Promise<string> => {
  const productId = newId('product');
  expect(await post('/api/products', { productId, name: 'Thing', price, stock })).toMatchObject({ status: 201 });
  return productId;
};
const heldCoupon = async (userId: string, kind: 'AMOUNT' | 'PERCENT', value: number): Promise<string> => {
  const couponId = newId('coupon');
  await post('/api/coupons', { couponId, name: 'C', quantity: 5, discount: { kind, value } });
  await post(`/api/coupons/${couponId}/issue`, { userId });
  await couponIs(userId, couponId, 'AVAILABLE');
  return couponId;
};
const couponIs = (userId: string, couponId: string, status: string) =>
  eventually(async () => {
    const { items } = await get(`/api/users/${userId}/coupons`);
    expect(items).toContainEqual(expect.objectContaining({ couponId, status }));
  });
const order = (userId: string, productId: string, quantity: number, more: object = {}) =>
  post('/api/orders', { userId, lines: [{ productId, quantity }], shipping, ...more });
const confirmed = (orderId: unknown) =>
  eventually(async () => expect(await get(`/api/orders/${String(orderId)}`)).toMatchObject({ status: 'CONFIRMED' }));

describe('what an order may cost', () => {
  test.each([
    ['far more than numbers are exact for', 1_000_000_000_000, 1_000_000],
    ['a product that would be rounded', 999_999_999_999, 999_999],
    ['one unit more than can be paid', MOST / 2 + 1, 2],
  ])('%s is refused, and nothing is held', async (_, price, quantity) => {
    const productId = await newProduct(price);
    expect(await order('ana', productId, quantity)).toMatchObject({
      status: 422,
      body: { code: 'TOTAL_TOO_LARGE', most: MOST },
    });
    expect(await get(`/api/products/${productId}`)).toMatchObject({ held: 0 });
  });

  test('two lines of one product count together', async () => {
    const productId = await newProduct(MOST / 2 + 1);
    const line = { productId, quantity: 1 };
    const both = await post('/api/orders', { userId: 'ana', lines: [line, line], shipping });
    expect(both).toMatchObject({ status: 422, body: { code: 'TOTAL_TOO_LARGE' } });
  });

  test('the most that can be ordered can be paid, exactly', async () => {
    const placed = await order('ana', await newProduct(MOST), 1);
    expect(placed).toMatchObject({ status: 201, body: { total: MOST } });
    const { orderId } = placed.body;
    const paid = await post('/api/payments', { orderId, userId: 'ana', amount: MOST, gatewayPaymentId: 'ok-most' });
    expect(paid).toMatchObject({ status: 200, body: { status: 'PAID', amount: MOST } });
    await confirmed(orderId);
  });
});

describe('an order of which nothing is left to pay completes by itself', () => {
  test('because the product costs nothing', async () => {
    const placed = await order('ana', await newProduct(0), 1);
    expect(placed).toMatchObject({ status: 201, body: { status: 'PAID', total: 0 } });
    await confirmed(placed.body['orderId']);
    expect(await get(`/api/orders/${String(placed.body['orderId'])}`)).toMatchObject({ paymentId: null });
    expect(await get(`/admin/orders/${String(placed.body['orderId'])}/verify`)).toMatchObject({ verdict: 'PASS' });
  });

  test('because of a coupon and points, which are used up', async () => {
    const couponId = await heldCoupon('bea', 'AMOUNT', 600);
    await post('/api/users/bea/points/charge', { amount: 400 });
    const placed = await order('bea', await newProduct(1_000), 1, { couponId, usePoints: 400 });
    expect(placed).toMatchObject({ status: 201, body: { total: 0, discount: 600, points: 400 } });
    await confirmed(placed.body['orderId']);
    await couponIs('bea', couponId, 'USED');
    expect(await get('/api/users/bea/points')).toMatchObject({ balance: 0, reserved: 0 });
  });

  test('and gives back everything when it is cancelled', async () => {
    await post('/api/users/cleo/points/charge', { amount: 5 });
    const productId = await newProduct(5, 1);
    const placed = await order('cleo', productId, 1, { usePoints: 5 });
    await confirmed(placed.body['orderId']);
    await post(`/api/orders/${String(placed.body['orderId'])}/cancel`);
    await eventually(async () => {
      expect(await get(`/api/products/${productId}`)).toMatchObject({ onHand: 1, held: 0 });
      expect(await get('/api/users/cleo/points')).toMatchObject({ balance: 5, available: 5 });
    });
  });
});

describe('a coupon that an order cannot use', () => {
  const refused = (fields: object) => ({ status: 409, body: { code: 'COUPON_NOT_USABLE', ...fields } });

  test('is told to be worth nothing, and stays available', async () => {
    const couponId = await heldCoupon('dora', 'PERCENT', 10);
    const productId = await newProduct(5);
    expect(await order('dora', productId, 1, { couponId })).toMatchObject(
      refused({ couponId, reason: 'WORTH_NOTHING' }),
    );
    await couponIs('dora', couponId, 'AVAILABLE');
    expect(await order('dora', productId, 2, { couponId })).toMatchObject({ status: 201, body: { discount: 1 } });
  });

  test('is told to be somebody else’s', async () => {
    const couponId = await heldCoupon('ella', 'AMOUNT', 1);
    const theirs = await order('finn', await newProduct(5), 1, { couponId });
    expect(theirs).toMatchObject(refused({ couponId, reason: 'NOT_YOURS' }));
    const unknown = await order('finn', await newProduct(5), 1, { couponId: 'never-was' });
    expect(unknown).toMatchObject(refused({ couponId: 'never-was', reason: 'NOT_YOURS' }));
  });

  test('is told to be used, and by which order', async () => {
    const couponId = await heldCoupon('gil', 'AMOUNT', 1);
    const productId = await newProduct(5);
    const first = await order('gil', productId, 1, { couponId });
    const second = await order('gil', productId, 1, { couponId });
    expect(second).toMatchObject(refused({ couponId, reason: 'USED', orderId: first.body['orderId'] }));
  });

  test('is told to be used also when both orders come at once', async () => {
    const couponId = await heldCoupon('gus', 'AMOUNT', 1);
    const productId = await newProduct(5);
    const answers = await Promise.all([1, 2].map(() => order('gus', productId, 1, { couponId })));
    const placed = answers.find(({ status }) => status === 201);
    const other = answers.find(({ status }) => status !== 201);
    expect(other).toMatchObject(refused({ couponId, reason: 'USED', orderId: placed?.body['orderId'] }));
  });

  test('is told to be expired', async () => {
    const couponId = newId('coupon');
    const closesAt = new Date(Date.now() + 2_000).toISOString();
    await post('/api/coupons', { couponId, name: 'C', quantity: 5, discount: { kind: 'AMOUNT', value: 1 }, closesAt });
    await post(`/api/coupons/${couponId}/issue`, { userId: 'hal' });
    await couponIs('hal', couponId, 'EXPIRED');
    const late = await order('hal', await newProduct(5), 1, { couponId });
    expect(late).toMatchObject(refused({ couponId, reason: 'EXPIRED' }));
  });
});

describe('an id of a charge or a delivery', () => {
  const reused = { status: 409, body: { code: 'REQUEST_ID_REUSED' } };

  test('stands for one amount of points', async () => {
    const charge = (amount: number) => post('/api/users/ida/points/charge', { chargeId: 'k1', amount });
    expect(await charge(100)).toMatchObject({ status: 200, body: { balance: 100 } });
    expect(await charge(500)).toMatchObject(reused);
    expect(await charge(100)).toMatchObject({ status: 200, body: { balance: 100 } });
  });

  test('stands for one quantity of goods', async () => {
    const productId = await newProduct(5, 1);
    const receive = (quantity: number) => post(`/api/products/${productId}/stock`, { deliveryNote: 'n1', quantity });
    expect(await receive(10)).toMatchObject({ status: 200, body: { onHand: 11 } });
    expect(await receive(99)).toMatchObject(reused);
    expect(await receive(10)).toMatchObject({ status: 200, body: { onHand: 11 } });
  });

  test('is refused where the sum could not be counted exactly', async () => {
    const full = await newProduct(5, 1_000_000_000);
    const receive = await post(`/api/products/${full}/stock`, { quantity: 1 });
    expect(receive).toMatchObject({ status: 422, body: { code: 'STOCK_LIMIT_REACHED' } });
  });
});

describe('an order id', () => {
  test('stands for one order: the same is answered as it stands, another is refused', async () => {
    const [productId, other] = [await newProduct(10), await newProduct(10)];
    const orderId = newId('order');
    const first = await order('ana', productId, 1, { orderId });
    expect(first).toMatchObject({ status: 201, body: { total: 10 } });
    expect((await order('ana', productId, 1, { orderId })).text).toBe(first.text);
    const reused = { status: 409, body: { code: 'REQUEST_ID_REUSED' } };
    expect(await order('ana', productId, 5, { orderId })).toMatchObject(reused);
    expect(await order('ana', other, 1, { orderId })).toMatchObject(reused);
    expect(await order('ana', productId, 1, { orderId, usePoints: 1 })).toMatchObject(reused);
    expect(await order('ana', productId, 1, { orderId, couponId: 'c' })).toMatchObject(reused);
    expect(await order('ana', productId, 1, { orderId, shipping: { to: 'Ben' } })).toMatchObject(reused);

    await post(`/api/orders/${orderId}/cancel`);
    expect(await order('ana', productId, 5, { orderId })).toMatchObject(reused);
    expect(await order('ana', productId, 1, { orderId })).toMatchObject({ body: { status: 'CANCELLED', total: 10 } });
    await eventually(async () => expect(await get(`/api/products/${productId}`)).toMatchObject({ held: 0 }));
  });
});
