import { createServer, type Server } from 'node:http';
import { once } from 'node:events';
import { type RunningServer } from '../../src/infrastructure/start-server.js';
import { freePort } from '../support/engines/free-port.js';
import { eventually } from '../support/eventually.js';
import { http } from '../support/server/http.js';
import { startInProcess } from '../support/server/in-process-server.js';
import { tempDirs } from '../support/temp-dir.js';

let server: RunningServer;
let receiver: Server | undefined;
afterAll(async () => {
  await server.stop();
  receiver?.closeAllConnections();
  receiver?.close();
});
const newDir = tempDirs();

const post = (path: string, body: object) => http(`${server.url}${path}`, body);

test('a data platform that is down touches no order, and is told all of it in order when it is back', async () => {
  const port = await freePort();
  server = await startInProcess(newDir(), { DATA_PLATFORM_URL: `http://127.0.0.1:${port}/orders` });
  await post('/api/products', { productId: 'ticket', name: 'Ticket', price: 1_000, stock: 20 });
  const shop = async (orderId: string): Promise<void> => {
    const shipping = { recipient: 'Ana', address: 'Harbour 1' };
    const lines = [{ productId: 'ticket', quantity: 1 }];
    expect(await post('/api/orders', { orderId, userId: 'ana', lines, shipping })).toMatchObject({ status: 201 });
    const payment = { orderId, userId: 'ana', amount: 1_000, gatewayPaymentId: `ok-${orderId}` };
    expect(await post('/api/payments', payment)).toMatchObject({ status: 200, body: { status: 'PAID' } });
    await eventually(async () =>
      expect((await http(`${server.url}/api/orders/${orderId}`)).body).toMatchObject({ status: 'CONFIRMED' }),
    );
  };
  await shop('o-1');
  await shop('o-2');
  expect(await http(`${server.url}/health/ready`)).toMatchObject({ status: 200 });

  const told: string[] = [];
  receiver = createServer((request, response) => {
    told.push(String(request.headers['x-idempotency-key']));
    request.resume().on('end', () => response.writeHead(200).end());
  }).listen(port, '127.0.0.1');
  await once(receiver, 'listening');
  const statuses = ['CREATED', 'PENDING_PAYMENT', 'PAID', 'CONFIRMED'];
  await eventually(() => {
    for (const orderId of ['o-1', 'o-2'])
      expect([...new Set(told)].filter((key) => key.startsWith(orderId))).toEqual(
        statuses.map((status) => `${orderId}-${status}`),
      );
  });
});
