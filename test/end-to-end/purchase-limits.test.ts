import { type RunningServer } from '../../src/infrastructure/start-server.js';
import { eventually } from '../support/eventually.js';
import { http } from '../support/server/http.js';
import { startInProcess } from '../support/server/in-process-server.js';
import { tempDirs } from '../support/temp-dir.js';

const newDir = tempDirs();
let server: RunningServer;

beforeAll(async () => {
  server = await startInProcess(newDir(), { ORDER_HOLD_SECONDS: '3600' });
});
afterAll(() => server.stop());

const get = async (path: string) => (await http(`${server.url}${path}`)).body;
const post = (path: string, body: object = {}) => http(`${server.url}${path}`, body);
const patch = async (path: string, body: object) => {
  const init = { method: 'PATCH', headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) };
  const response = await fetch(`${server.url}${path}`, init);
  return { status: response.status, body: await response.json() };
};
const product = async (productId: string, limits: object): Promise<void> => {
  const created = await post('/api/products', { productId, name: 'Console', price: 1_000, stock: 1_000, ...limits });
  expect(created).toMatchObject({ status: 201, body: limits });
};
const order = (productId: string, userId: string, quantity = 1) =>
  post('/api/orders', { userId, lines: [{ productId, quantity }], shipping: { recipient: userId } });
/** A slow machine may answer 503: the same order is then sent again, as clients do. */
const answered = (orderId: string, productId: string, userId: string) =>
  eventually(async () => {
    const lines = [{ productId, quantity: 1 }];
    const answer = await post('/api/orders', { orderId, userId, lines, shipping: { recipient: userId } });
    expect(answer.status).toBeLessThan(500);
    return answer;
  });
const addsUp = (productId: string) =>
  eventually(async () =>
    expect(await get(`/admin/products/${productId}/verify`)).toMatchObject({ verdict: 'PASS', reasons: [] }),
  );

test('three hundred calls of one user at once get them what one user may have, and not a unit more', async () => {
  await product('console', { maxPerUser: 3 });
  const answers = await Promise.all(Array.from({ length: 300 }, (_, n) => answered(`ana-${n}`, 'console', 'ana')));
  expect(answers.filter(({ status }) => status === 201)).toHaveLength(3);
  const refused = answers.filter(({ status }) => status !== 201);
  for (const { status, body } of refused)
    expect({ status, body }).toMatchObject({
      status: 409,
      body: { code: 'PURCHASE_LIMIT', productId: 'console', reason: 'MAX_PER_USER', limit: 3, bought: 0, held: 3 },
    });
  expect(await order('console', 'ben', 3)).toMatchObject({ status: 201 });
  await addsUp('console');
});

test('one order for everything there is, is refused', async () => {
  await product('all-of-it', { maxPerUser: 2, maxOpenHolds: 1 });
  expect(await order('all-of-it', 'bot', 1_000)).toMatchObject({
    status: 409,
    body: { code: 'PURCHASE_LIMIT', limit: 2, bought: 0, held: 0 },
  });
  expect(await get('/api/products/all-of-it')).toMatchObject({ available: 1_000, held: 0 });
});

test('who holds as many as may be held at once pays first', async () => {
  await product('held', { maxOpenHolds: 1 });
  expect(await order('held', 'bot')).toMatchObject({ status: 201 });
  expect(await order('held', 'bot')).toMatchObject({
    status: 409,
    body: { code: 'PURCHASE_LIMIT', reason: 'MAX_OPEN_HOLDS', limit: 1, held: 1, until: null },
  });
  await addsUp('held');
});

test('limits can be set, changed and lifted in the middle of a sale', async () => {
  await product('changed', { maxPerUser: null });
  expect(await order('changed', 'ana', 5)).toMatchObject({ status: 201 });
  expect(await patch('/api/products/changed', { maxPerUser: 5, actor: 'olga', reason: 'few left' })).toMatchObject({
    status: 200,
    body: { maxPerUser: 5, maxOpenHolds: null, pauseAfterExpirySeconds: null },
  });
  expect(await order('changed', 'ana')).toMatchObject({ status: 409, body: { limit: 5, held: 5 } });
  expect(await patch('/api/products/changed', { maxPerUser: null })).toMatchObject({ status: 200 });
  expect(await order('changed', 'ana')).toMatchObject({ status: 201 });
  expect(await patch('/api/products/nowhere', { maxPerUser: 1 })).toMatchObject({ status: 404 });
  await addsUp('changed');
});

describe('where holds run out soon', () => {
  let soon: RunningServer;
  beforeAll(async () => {
    soon = await startInProcess(newDir(), { ORDER_HOLD_SECONDS: '1' });
  });
  afterAll(() => soon.stop());

  test('who lets one run out waits before they hold anew', async () => {
    const limits = { maxOpenHolds: 1, pauseAfterExpirySeconds: 3_600 };
    const paused = { productId: 'paused', name: 'Console', price: 1_000, stock: 1_000, ...limits };
    const orderIt = () => {
      const lines = [{ productId: 'paused', quantity: 1 }];
      return http(`${soon.url}/api/orders`, { userId: 'bot', lines, shipping: { recipient: 'bot' } });
    };
    expect(await http(`${soon.url}/api/products`, paused)).toMatchObject({ status: 201 });
    expect(await orderIt()).toMatchObject({ status: 201 });
    const product = async () => (await http(`${soon.url}/api/products/paused`)).body;
    await eventually(async () => expect(await product()).toMatchObject({ held: 0 }));
    const refused = await orderIt();
    expect(refused).toMatchObject({ status: 409, body: { code: 'PURCHASE_LIMIT', reason: 'PAUSE_AFTER_EXPIRY' } });
    expect(Date.parse(String(refused.body['until']))).toBeGreaterThan(Date.now());
    const verified = () => http(`${soon.url}/admin/products/paused/verify`);
    await eventually(async () => expect((await verified()).body).toMatchObject({ verdict: 'PASS', reasons: [] }));
  });
});
