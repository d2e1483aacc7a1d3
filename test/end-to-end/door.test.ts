import { type ChildServer, startChildServer } from '../support/server/child-server.js';
import { rehearse } from '../../src/rehearsal/rush/rehearse-rush.js';
import { rehearseOpening } from '../../src/rehearsal/opening/rehearse-opening.js';
import { eventually } from '../support/eventually.js';
import { http } from '../support/server/http.js';
import { tempDirs } from '../support/temp-dir.js';
import { waitingRoomClient } from '../support/waiting-room-client.js';
import { accessSuite, authenticating, keyOf, tokenOf } from './access.suite.js';

const newDir = tempDirs();
let directory = '';
let server: ChildServer;

const bearer = (credential: string) => ({ authorization: `Bearer ${credential}` });
let [ana, ben, service, operator] = ['', '', '', ''];

const call = (path: string, as: string, body?: object, headers = {}) =>
  http(`${server.url}${path}`, body, { ...bearer(as), ...headers });

beforeAll(async () => {
  directory = newDir();
  [service, operator] = [keyOf(directory, 'backend', 'service'), keyOf(directory, 'lee', 'operator')];
  server = await startChildServer(directory, authenticating(directory));
  [ana, ben] = [await tokenOf(directory, 'ana'), await tokenOf(directory, 'ben')];
  const coupon = { couponId: 'spring', name: 'Spring', quantity: 10, discount: { kind: 'AMOUNT', value: 100 } };
  expect((await call('/api/coupons', operator, coupon)).status).toBe(201);
  const tv = { productId: 'tv', name: 'TV', price: 1_000, stock: 10 };
  expect((await call('/api/products', operator, tv)).status).toBe(201);
});

const anOrder = { lines: [{ productId: 'tv', quantity: 1 }], shipping: { recipient: 'Ana', address: 'Harbour 1' } };
const ordered = async (as: string, extra: object = {}): Promise<string> => {
  const { status, body } = await call('/api/orders', as, { ...anOrder, ...extra });
  expect(status).toBe(201);
  return String(body['orderId']);
};

test('a user gives nobody points; the shop does', async () => {
  const charge = { amount: 1_000_000 };
  expect((await call('/api/users/ben/points/charge', ben, charge)).status).toBe(403);
  expect((await call('/api/users/ana/points/charge', service, { amount: 5 })).status).toBe(200);
  expect((await call('/api/users/ben/points', ben)).body).toMatchObject({ balance: 0 });
});

test('an invented webhook call of the gateway changes nothing for the payer, and tells nobody anything', async () => {
  const orderId = await ordered(ana);
  const prepared = await call('/api/payments/prepare', ana, { orderId, amount: 1_000 });
  const paymentId = String(prepared.body['paymentId']);
  for (const gatewayPaymentId of ['decline-1', 'decline-2', 'decline-3', 'ok-of-nobody']) {
    const told = await http(`${server.url}/api/payments/webhook`, { paymentId, gatewayPaymentId });
    expect([told.status, told.body]).toStrictEqual([200, { paymentId }]);
  }
  expect((await call(`/api/payments/${paymentId}`, ana)).body).toMatchObject({ status: 'PENDING' });
  const paid = await call(`/api/payments/${paymentId}/approve`, ana, { gatewayPaymentId: 'ok-of-ana' });
  expect(paid).toMatchObject({ status: 200, body: { status: 'PAID' } });
  for (const known of [paymentId, 'of-nobody']) {
    const told = await http(`${server.url}/api/payments/webhook`, { paymentId: known, gatewayPaymentId: 'ok-of-ana' });
    expect([told.status, told.body]).toStrictEqual([200, { paymentId: known }]);
  }
});

test('what is another’s is not there, and nothing is done to it', async () => {
  const orderId = await ordered(ana);
  const prepared = await call('/api/payments/prepare', ana, { orderId, amount: 1_000 });
  const paymentId = String(prepared.body['paymentId']);
  const issued = await call('/api/coupons/spring/issue', ana, {});
  const requestId = String(issued.body['requestId']);
  for (const path of [
    `/api/orders/${orderId}`,
    '/api/users/ana/orders',
    '/api/users/ana/coupons',
    '/api/users/ana/points',
    `/api/coupons/issue-status/${requestId}`,
    '/api/coupons/spring/issue-status?userId=ana',
    `/api/payments/${paymentId}`,
    '/api/sse/subscribe/ana',
  ])
    expect([path, (await call(path, ben)).status]).toEqual([path, 404]);
  expect((await call('/admin/users/ana/timeline', ben)).status).toBe(403);

  expect((await call(`/api/orders/${orderId}/cancel`, ben, {})).status).toBe(404);
  expect((await call('/api/payments/prepare', ben, { orderId, amount: 1_000 })).status).toBe(404);
  for (const n of [1, 2, 3]) {
    const declined = { gatewayPaymentId: `decline-${n}` };
    expect((await call(`/api/payments/${paymentId}/approve`, ben, declined)).status).toBe(404);
    expect((await call('/api/payments', ben, { orderId, amount: 1_000, ...declined })).status).toBe(404);
  }
  expect((await call(`/api/orders/${orderId}`, ana)).body).toMatchObject({ status: 'PENDING_PAYMENT' });
  expect((await call(`/api/payments/${paymentId}/approve`, ana, { gatewayPaymentId: 'pay-1' })).status).toBe(200);
});

test('a text that cannot be an id is answered 404, not 503', async () => {
  const longer = 'x'.repeat(5_000);
  for (const path of [`/api/orders/${longer}`, `/api/payments/${longer}`, `/api/v1/waiting-token/${longer}`])
    expect((await call(path, ana)).status).toBe(404);
});

test('nobody speaks for another user, except the shop', async () => {
  for (const [path, body] of [
    ['/api/coupons/spring/issue', {}],
    ['/api/v1/waiting-token', { scheduleId: 'gala' }],
    ['/api/orders', anOrder],
  ] as const) {
    const { status, body: said } = await call(path, ben, { ...body, userId: 'cho' });
    expect([path, status, said['code']]).toEqual([path, 403, 'NOT_YOU']);
  }
  expect((await call('/api/coupons/spring/issue', service, { userId: 'cho' })).status).toBe(202);
  expect((await call('/api/coupons/spring/issue', service, {})).status).toBe(400);
});

test('a place in line is its owner’s to give up, and a stream its owner’s to hear', async () => {
  const terms = { activeLimit: 5, activeTtlSeconds: 60 };
  const headers = { ...bearer(operator), 'content-type': 'application/json' };
  const init = { method: 'PUT', headers, body: JSON.stringify(terms) };
  expect((await fetch(`${server.url}/api/v1/schedules/doors`, init)).status).toBe(200);
  const { tokenId } = (await call('/api/v1/waiting-token', ana, { scheduleId: 'doors' })).body;
  const place = `/api/v1/waiting-token/${String(tokenId)}`;
  expect((await fetch(`${server.url}${place}`, { method: 'DELETE', headers: bearer(ben) })).status).toBe(404);
  expect((await call(place, ben)).status).toBe(404);
  expect((await call(place, ana)).body).toMatchObject({ status: expect.stringMatching(/PENDING|ACTIVE/) });
  const streams = Array.from({ length: 20 }, () => call('/api/sse/subscribe/ana', ben));
  expect(new Set((await Promise.all(streams)).map(({ status }) => status))).toEqual(new Set([404]));
});

test('behind a waiting room only the pass opens: not the name of who is in, nor their pass in other hands', async () => {
  const room = waitingRoomClient(server.url, 'ball', { operator, service });
  await room.configure({ activeLimit: 5, activeTtlSeconds: 600 });
  const opensAt = new Date(Date.now() - 1_000).toISOString();
  await call('/api/events', operator, { eventId: 'ball', name: 'Ball', opensAt, scheduleId: 'ball' });
  const ticket = { productId: 'ticket', name: 'Ticket', price: 1_000, stock: 10, eventId: 'ball' };
  expect((await call('/api/products', operator, ticket)).status).toBe(201);
  const { tokenId } = await room.join('ana');
  const pass = await eventually(async () => {
    const seen = (await room.ask(tokenId)).pass;
    if (seen === undefined) throw new Error('Ana is not in yet');
    return seen;
  });
  await eventually(async () => expect((await call('/api/events/ball', ana)).body).toMatchObject({ status: 'OPEN' }));
  const order = { lines: [{ productId: 'ticket', quantity: 1 }], shipping: { recipient: 'A' } };
  const refused = { status: 403, body: { code: 'WAITING_REQUIRED', scheduleId: 'ball' } };
  expect(await call('/api/orders', ana, order)).toMatchObject(refused);
  expect(await call('/api/orders', service, { ...order, userId: 'ana' })).toMatchObject(refused);
  expect(await call('/api/orders', ben, order, { 'waiting-pass': pass })).toMatchObject(refused);
  expect((await call('/api/orders', ana, order, { 'waiting-pass': pass })).status).toBe(201);
});

test('the stock audit is for viewers', async () => {
  expect((await call('/api/products/tv/stock-audit', ben)).status).toBe(403);
  expect((await call('/api/products/tv/stock-audit', operator)).status).toBe(200);
});

test('an Idempotency-Key is its caller’s own', async () => {
  const key = { 'idempotency-key': 'one-key' };
  const first = await call('/api/orders', ana, anOrder, key);
  const other = await call('/api/orders', ben, anOrder, key);
  expect([first.status, other.status]).toEqual([201, 201]);
  expect(other.body['orderId']).not.toBe(first.body['orderId']);
  expect((await call('/api/orders', ana, anOrder, key)).body).toEqual(first.body);
});

test('an id that another user chose first means nothing to the one who chooses it next', async () => {
  const theirs = await ordered(ben, { orderId: 'chosen' });
  const own = await ordered(ana, { orderId: 'chosen' });
  expect(own).not.toBe(theirs);
  expect(await ordered(ana, { orderId: 'chosen' })).toBe(own);
  await call('/api/coupons', operator, {
    couponId: 'autumn',
    name: 'Autumn',
    quantity: 10,
    discount: { kind: 'AMOUNT', value: 1 },
  });
  for (const who of [ben, ana])
    expect((await call('/api/coupons/autumn/issue', who, { requestId: 'mine' })).status).toBe(202);
  expect((await call('/api/coupons/issue-status/mine?couponId=autumn', ana)).body).toMatchObject({ userId: 'ana' });
});

test('what a service changes is in the audit trail, without addresses; what its users do in a sale is not', async () => {
  const orderId = await ordered(service, { userId: 'dan' });
  await call('/api/coupons/spring/issue', service, { userId: 'dan' });
  await call('/api/users/dan/points/charge', service, { amount: 70 });
  expect((await call(`/api/orders/${orderId}/cancel`, service, { reason: 'asked by telephone' })).status).toBe(200);
  await eventually(async () => {
    const { text, body } = await call('/admin/audit?subject=backend', operator);
    expect(body['items']).toMatchObject([
      { route: 'POST /api/orders/:orderId/cancel', role: 'service', asked: '{"reason":"(personal data)"}' },
      {
        target: '/api/users/dan/points/charge',
        asked: '{"amount":70}',
        after: expect.stringContaining('"balance":70'),
      },
      { target: '/api/users/ana/points/charge' },
    ]);
    expect(text).toContain('(personal data)');
    expect(text).not.toMatch(/Harbour|by telephone/);
  });
});

test('a rehearsal plays the shop and its people, with a key for each', async () => {
  const asked = { url: server.url, token: operator, serviceKey: service, users: 30, quantity: 10, sockets: 8 };
  const rush = await rehearse({ ...asked, duplicates: 0.2, finalWithinMs: 60_000 });
  expect([rush.faults, rush.passed]).toEqual([[], true]);
  const opening = await rehearseOpening({ ...asked, activeLimit: 10, opensInMs: 500, finalWithinMs: 60_000 });
  expect([opening.faults, opening.passed]).toEqual([[], true]);
});

test('no address is trusted: not this machine, not what a proxy says', async () => {
  expect((await http(`${server.url}/admin/projections`)).status).toBe(401);
  expect((await http(`${server.url}/admin/projections`, undefined, { 'x-forwarded-for': '127.0.0.1' })).status).toBe(
    401,
  );
});

accessSuite(
  () => directory,
  () => server.url,
);
