import { type RunningServer } from '../../src/infrastructure/start-server.js';
import { eventually } from '../support/eventually.js';
import { http } from '../support/server/http.js';
import { startInProcess } from '../support/server/in-process-server.js';
import { tempDirs } from '../support/temp-dir.js';

let server: RunningServer;
let nth = 0;

const newDir = tempDirs();
const start = async (holds: Readonly<Record<string, string>> = {}): Promise<void> => {
  server = await startInProcess(newDir(), { ...holds, SOLD_OUT: 'STAY_CLOSED', OPERATION_TIMEOUT_MS: '60000' });
};

const get = async (path: string) => (await http(`${server.url}${path}`)).body;
const post = (path: string, body: object = {}) => http(`${server.url}${path}`, body);
const newProduct = async (policy: object): Promise<string> => {
  const productId = `product-${(nth += 1)}`;
  const created = await post('/api/products', { productId, name: 'Ticket', price: 1_000, stock: 1, policy });
  expect(created).toMatchObject({ status: 201, body: { policy, status: 'AVAILABLE' } });
  return productId;
};
const order = (userId: string, productId: string) =>
  post('/api/orders', {
    userId,
    lines: [{ productId, quantity: 1 }],
    shipping: { recipient: userId, address: 'Harbour 1' },
  });
const ordered = async (userId: string, productId: string): Promise<string> => {
  const placed = await order(userId, productId);
  expect(placed).toMatchObject({ status: 201 });
  return String(placed.body['orderId']);
};
const pay = (orderId: string, gatewayPaymentId: string) =>
  post('/api/payments', { orderId, userId: 'ana', amount: 1_000, gatewayPaymentId });
const until = (path: string, found: object) => eventually(async () => expect(await get(path)).toMatchObject(found));
const allAddsUp = async (productId: string, orderId: string): Promise<void> => {
  await until(`/admin/orders/${orderId}/verify`, { verdict: 'PASS', reasons: [] });
  await until(`/admin/products/${productId}/verify`, { verdict: 'PASS', reasons: [] });
};

const cancel = ['UNTIL_SHIPPED', 'UNTIL_PAID'] as const;
const soldOut = ['REOPEN', 'STAY_CLOSED'] as const;
const latePayment = ['REACQUIRE', 'REFUND'] as const;
const matrix = cancel.flatMap((until) => soldOut.flatMap((then) => latePayment.map((late) => ({ until, then, late }))));

describe('Nobody is late', () => {
  beforeAll(() => start());
  afterAll(() => server.stop());

  test.each(matrix)(
    'the last one bought and cancelled, where that is possible $until, and is then to $then (late payments: $late)',
    async ({ until: policyOfCancel, then, late }) => {
      const productId = await newProduct({ cancel: policyOfCancel, soldOut: then, latePayment: late });
      const orderId = await ordered('ana', productId);
      await pay(orderId, `ok-${orderId}`);
      await until(`/api/orders/${orderId}`, { status: 'CONFIRMED' });
      await until(`/api/products/${productId}`, { onHand: 0, status: 'SOLD_OUT' });

      const asked = await post(`/api/orders/${orderId}/cancel`);
      if (policyOfCancel === 'UNTIL_PAID') {
        expect(asked).toMatchObject({ status: 409, body: { code: 'INVALID_ORDER_STATE' } });
      } else {
        expect(asked).toMatchObject({ status: 200, body: { status: 'CANCELLED' } });
        await until(`/api/products/${productId}`, { onHand: 1, available: 1 });
        const status = then === 'REOPEN' ? 'AVAILABLE' : 'SOLD_OUT';
        expect(await get(`/api/products/${productId}`)).toMatchObject({ status });
      }
      const next = await order('ben', productId);
      if (policyOfCancel === 'UNTIL_SHIPPED' && then === 'REOPEN') expect(next).toMatchObject({ status: 201 });
      else expect(next).toMatchObject({ status: 409, body: { code: 'INSUFFICIENT_STOCK', lines: [{ productId }] } });

      await post(`/api/products/${productId}/stock`, { quantity: 1 });
      await ordered('cho', productId);
      await allAddsUp(productId, orderId);
    },
  );

  test('what a product does not say is as the shop does by default; what makes no sense is refused', async () => {
    const productId = await newProduct({ cancel: 'UNTIL_PAID' });
    const policy = { latePayment: 'REACQUIRE', soldOut: 'STAY_CLOSED', cancel: 'UNTIL_PAID' };
    expect(await get(`/api/products/${productId}`)).toMatchObject({ policy });
    const odd = { name: 'Odd', price: 1, stock: 1, policy: { soldOut: 'PERHAPS' } };
    expect(await post('/api/products', odd)).toMatchObject({ status: 400, body: { code: 'INVALID_REQUEST' } });
  });
});

describe('Holds are short', () => {
  beforeAll(() => start({ ORDER_HOLD_SECONDS: '4', PAYMENT_HOLD_SECONDS: '2' }));
  afterAll(() => server.stop());

  test.each(latePayment)('a payment that comes after the hold, where that is a %s', async (late) => {
    const productId = await newProduct({ latePayment: late });
    const orderId = await ordered('ana', productId);
    const paying = pay(orderId, `delay-6000-${orderId}`);
    await until(`/api/orders/${orderId}`, { status: 'EXPIRED' });
    await paying;
    if (late === 'REACQUIRE') await until(`/api/orders/${orderId}`, { status: 'CONFIRMED' });
    else
      await eventually(async () => {
        const { checks } = await get(`/admin/orders/${orderId}/verify`);
        expect(JSON.stringify(checks)).toContain('REFUNDED');
      });
    await until(`/api/products/${productId}`, { onHand: late === 'REACQUIRE' ? 0 : 1, held: 0 });
    await allAddsUp(productId, orderId);
  });
});
