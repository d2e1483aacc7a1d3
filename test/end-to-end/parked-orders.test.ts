import { createServer, type Server } from 'node:http';
import { once } from 'node:events';
import { either as E } from 'fp-ts';
import { type StockEvent } from '../../src/domain/stock/events.js';
import { BEGINNING } from '../../src/application/ports/event-store.js';
import { stockStream } from '../../src/application/checkout/aggregates/stock-aggregate.js';
import { Tokens } from '../../src/infrastructure/container/tokens.js';
import { type RunningServer } from '../../src/infrastructure/start-server.js';
import { eventually } from '../support/eventually.js';
import { runCli } from '../support/server/child-server.js';
import { http } from '../support/server/http.js';
import { startInProcess } from '../support/server/in-process-server.js';
import { tempDirs } from '../support/temp-dir.js';

let server: RunningServer;
let pager: Server;
let paged: string[];
let nth = 0;

afterAll(async () => {
  await server.stop();
  pager.closeAllConnections();
  pager.close();
});
const newDir = tempDirs();

beforeAll(async () => {
  paged = [];
  pager = createServer((request, response) => {
    request.on('data', (chunk: Buffer) => paged.push(chunk.toString()));
    request.on('end', () => response.writeHead(200).end());
  }).listen(0, '127.0.0.1');
  await once(pager, 'listening');
  const address = pager.address();
  const port = typeof address === 'object' && address !== null ? address.port : 0;
  const ALERT_WEBHOOK_URL = `http://127.0.0.1:${port}/`;
  server = await startInProcess(newDir(), { ALERT_WEBHOOK_URL, PAYMENT_HOLD_SECONDS: '900', LOG_LEVEL: 'silent' });
});

const get = async (path: string) => (await http(`${server.url}${path}`)).body;
const post = (path: string, body: object = {}) => http(`${server.url}${path}`, body);
const until = (path: string, found: object) => eventually(async () => expect(await get(path)).toMatchObject(found));
const command = async (...args: ReadonlyArray<string>) => runCli([...args, '--url', server.url]);

const ordered = async (productId: string, userId: string): Promise<string> => {
  const order = { userId, lines: [{ productId, quantity: 1 }], shipping: { recipient: userId, address: 'Harbour 1' } };
  const placed = await post('/api/orders', order);
  expect(placed).toMatchObject({ status: 201 });
  return String(placed.body['orderId']);
};
const paying = (orderId: string, userId: string, how: string) =>
  post('/api/payments', { orderId, userId, amount: 1_000, gatewayPaymentId: `${how}-${orderId}` });

/** Goods that are paid for are found to be missing: somebody else has them, as the books of the product say. */
const loses = async (productId: string, orderId: string): Promise<void> => {
  const store = server.container.get(Tokens.EventStore);
  const revision = await store.lastRevision(stockStream(productId))();
  const of = { productId, quantity: 1, at: Date.now() };
  const events: ReadonlyArray<StockEvent> = [
    { type: 'StockReleased', ...of, orderId, reason: 'ROLLED_BACK' },
    { type: 'StockReserved', ...of, orderId: `other-${orderId}`, expiresAt: Date.now() + 600_000 },
  ];
  const lost = events.map((event, n) => ({ id: `${orderId}-${n}`, event, metadata: { correlationId: 'test' } }));
  expect(E.isRight(await store.append(stockStream(productId), E.isRight(revision) ? revision.right : 0, lost)())).toBe(
    true,
  );
};

/** An order that is paid and cannot be fulfilled. */
const parked = async (): Promise<{ readonly productId: string; readonly orderId: string }> => {
  const productId = `product-${(nth += 1)}`;
  await post('/api/products', { productId, name: 'Ticket', price: 1_000, stock: 1, policy: { cancel: 'UNTIL_PAID' } });
  const orderId = await ordered(productId, 'ana');
  const paid = paying(orderId, 'ana', 'delay-1500');
  await eventually(async () =>
    expect((await get(`/api/products/${productId}/stock-audit`))['items']).toMatchObject([
      {},
      {},
      { kind: 'EXTENDED' },
    ]),
  );
  await loses(productId, orderId);
  expect(await paid).toMatchObject({ status: 200, body: { status: 'PAID' } });
  await until('/admin/sagas', { items: [{ orderId, step: 'DEDUCT_STOCK', reason: 'INSUFFICIENT_STOCK' }] });
  return { productId, orderId };
};

test('an order that cannot be fulfilled waits alone for an operator, who is told, mends the cause and lets it go on', async () => {
  const { productId, orderId } = await parked();
  await eventually(() => expect(paged.join('\n')).toContain(orderId));
  expect(await get(`/api/orders/${orderId}`)).toMatchObject({ status: 'PAID' });

  await post('/api/products', { productId: 'elsewhere', name: 'Other', price: 1_000, stock: 1 });
  const other = await ordered('elsewhere', 'ben');
  await paying(other, 'ben', 'ok');
  await until(`/api/orders/${other}`, { status: 'CONFIRMED' });

  const { text: metrics } = await http(`${server.url}/metrics`);
  expect(metrics).toContain('\norders_parked 1\n');
  // Without servers the disk of the data directory is what may run out.
  expect(metrics).toMatch(/\ndata_dir_free_bytes [1-9]\d*\n[^]*\ndata_dir_size_bytes [1-9]\d*\n/);
  const list = await command('sagas', 'list');
  expect(list).toMatchObject({ code: 0, stdout: expect.stringMatching(new RegExp(`${orderId}.*DEDUCT_STOCK`)) });
  await post(`/api/products/${productId}/stock`, { quantity: 1 });
  const replayed = await command('sagas', 'replay', orderId, '--reason', 'found one more', '--json');
  expect({ code: replayed.code, ...JSON.parse(replayed.stdout) }).toMatchObject({ code: 0, how: 'REPLAYED' });
  await until(`/api/orders/${orderId}`, { status: 'CONFIRMED' });
  expect(await get('/admin/sagas')).toMatchObject({ items: [] });
  expect((await http(`${server.url}/metrics`)).text).toContain('\norders_parked 0\n');
  expect(await get(`/admin/orders/${orderId}/verify`)).toMatchObject({ verdict: 'PASS', reasons: [] });
});

test('or undoes it, even where its user could not: the money goes back', async () => {
  const { productId, orderId } = await parked();
  expect(await post(`/api/orders/${orderId}/cancel`)).toMatchObject({ status: 409 });
  const body = { actor: 'olga', reason: 'none left' };
  expect(await post(`/admin/sagas/${orderId}/compensate`, body)).toMatchObject({
    status: 200,
    body: { how: 'COMPENSATED' },
  });
  await until(`/api/orders/${orderId}`, { status: 'CANCELLED', reason: 'none left' });
  // Their own words may name the person: they are sealed like everything that does.
  const feed = server.container.get(Tokens.Feed);
  const batch = await feed.read(BEGINNING, { batchSize: 1_000 })();
  const written = JSON.stringify(batch);
  expect(written).toContain(`"type":"SagaReleased","orderId":"${orderId}"`);
  expect(written).toContain('(personal data)');
  expect(written).not.toContain('none left');
  await eventually(async () => {
    const { checks, verdict } = await get(`/admin/orders/${orderId}/verify`);
    expect(verdict).toBe('PASS');
    expect(JSON.stringify(checks)).toContain('REFUNDED');
  });
  expect(await get(`/admin/products/${productId}/verify`)).toMatchObject({ verdict: 'PASS', reasons: [] });
  expect(await get('/admin/sagas')).toMatchObject({ items: [] });
  expect(await post(`/admin/sagas/${orderId}/replay`, body)).toMatchObject({
    status: 404,
    body: { code: 'SAGA_NOT_FOUND' },
  });
  expect(await command('sagas', 'compensate', orderId)).toMatchObject({
    code: 1,
    stderr: expect.stringContaining('SAGA_NOT_FOUND'),
  });
});

test('the books of orders are proved on the command line: 0 when they pass, 1 with the reasons when not', async () => {
  const { productId, orderId } = await parked();
  const failed = await command('verify', 'order', orderId);
  expect(failed).toMatchObject({ code: 1, stdout: expect.stringMatching(/^FAIL order .*\n {2}✗ goods: Released/) });
  const json = await command('verify', 'order', orderId, '--json');
  expect({ code: json.code, ...JSON.parse(json.stdout) }).toMatchObject({
    code: 1,
    verdict: 'FAIL',
    status: 'PAID',
    reasons: ['goods: Released'],
  });
  const stock = await command('verify', 'order-stock', productId, '--json');
  expect({ code: stock.code, ...JSON.parse(stock.stdout) }).toMatchObject({ code: 0, verdict: 'PASS', received: 1 });
  expect(await command('verify', 'order', 'nobody')).toMatchObject({
    code: 1,
    stderr: expect.stringContaining('ORDER_NOT_FOUND'),
  });
  expect(await command('verify', 'order-stock', 'nothing')).toMatchObject({
    code: 1,
    stderr: expect.stringContaining('PRODUCT_NOT_FOUND'),
  });
  for (const what of ['order', 'order-stock'])
    expect(await runCli(['verify', what, '--help'])).toMatchObject({
      code: 0,
      stdout: expect.stringContaining(`Usage: doorbuster verify ${what}`),
    });
});
