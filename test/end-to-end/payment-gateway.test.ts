import { createServer } from 'node:http';
import { once } from 'node:events';
import { type RunningServer } from '../../src/infrastructure/start-server.js';
import { freePort } from '../support/engines/free-port.js';
import { eventually } from '../support/eventually.js';
import { http } from '../support/server/http.js';
import { startInProcess } from '../support/server/in-process-server.js';
import { tempDirs } from '../support/temp-dir.js';
import { checkedFetch } from '../support/contract/checked-fetch.js';

const newDir = tempDirs();
let server: RunningServer;

afterEach(() => server.stop());

const post = (path: string, body: object = {}) => http(`${server.url}${path}`, body);
const get = async (path: string) => (await http(`${server.url}${path}`)).body;
const prepared = async (orderId: string): Promise<string> => {
  const order = {
    orderId,
    userId: 'ana',
    lines: [{ productId: 'ticket', quantity: 1 }],
    shipping: { to: 'Harbour 1' },
  };
  expect(await post('/api/orders', order)).toMatchObject({ status: 201 });
  const payment = await post('/api/payments/prepare', { orderId, userId: 'ana', amount: 1_000 });
  expect(payment.status).toBe(201);
  return String(payment.body['paymentId']);
};
const onSale = () => post('/api/products', { productId: 'ticket', name: 'Ticket', price: 1_000, stock: 100 });

test('the gateway tells by its webhook while the client approves: the payment is made once, whoever comes first', async () => {
  server = await startInProcess(newDir());
  await onSale();
  const paymentId = await prepared('raced');
  const gatewayPaymentId = 'ok-raced';
  const answers = await Promise.all(
    [1, 2, 3].flatMap(() => [
      post('/api/payments/webhook', { paymentId, gatewayPaymentId }),
      post(`/api/payments/${paymentId}/approve`, { gatewayPaymentId }),
    ]),
  );
  answers.forEach((answer) => expect([200, 202]).toContain(answer.status));
  await eventually(async () => expect(await get('/api/orders/raced')).toMatchObject({ status: 'CONFIRMED' }));
  const { items } = await get('/admin/users/ana/timeline');
  const made = Array.isArray(items) ? items.filter(({ what }: { what: string }) => what === 'PaymentCompleted') : [];
  expect(made).toHaveLength(1);
  expect((await post('/api/payments/webhook', { paymentId, gatewayPaymentId })).status).toBe(200);
  expect(await get(`/api/payments/${paymentId}`)).toMatchObject({ status: 'PAID' });
});

test('a gateway that does not answer is asked no more after a while, which health and metrics tell', async () => {
  const url = `http://127.0.0.1:${await freePort()}`;
  const naverPay = { NAVER_PAY_URL: url, NAVER_PAY_CLIENT_ID: 'id', NAVER_PAY_CLIENT_SECRET: 'secret' };
  server = await startInProcess(newDir(), naverPay);
  await onSale();
  expect(await get('/health/ready')).toMatchObject({ status: 'ok', engines: { paymentGateway: 'ok' } });
  const paymentIds = await Promise.all(Array.from({ length: 12 }, (_, n) => prepared(`order-${n}`)));
  await Promise.all(paymentIds.map((id) => post(`/api/payments/${id}/approve`, { gatewayPaymentId: `pay-${id}` })));
  await eventually(async () =>
    expect(await get('/health/ready')).toMatchObject({ status: 'degraded', engines: { paymentGateway: 'degraded' } }),
  );
  const metrics = await (await checkedFetch(`${server.url}/metrics`)).text();
  expect(metrics).toMatch(/^payment_gateway_breaker(\{.*\})? (1|0\.5)$/m);
});

test.each(['.', '..'])(
  'a payment number %j, which no path can contain, does not reach the gateway',
  async (gatewayPaymentId) => {
    const asked: string[] = [];
    const port = await freePort();
    const gateway = createServer(({ url }, response) => {
      asked.push(url ?? '');
      response.writeHead(404).end('<html>Not found</html>');
    }).listen(port, '127.0.0.1');
    await once(gateway, 'listening');
    const naverPay = {
      NAVER_PAY_URL: `http://127.0.0.1:${port}`,
      NAVER_PAY_CLIENT_ID: 'id',
      NAVER_PAY_CLIENT_SECRET: 'secret',
    };
    server = await startInProcess(newDir(), naverPay);
    await onSale();
    const paymentId = await prepared('order-1');
    const heard = await post('/api/payments/webhook', { paymentId, gatewayPaymentId });
    gateway.close();
    expect({ status: heard.status, asked }).toEqual({ status: 400, asked: [] });
  },
);
