import { jest } from '@jest/globals';
import { createProgram } from '../../src/infrastructure/cli/program.js';
import { runProgram } from '../../src/infrastructure/cli/run-command-line.js';
import { type RunningServer } from '../../src/infrastructure/start-server.js';
import { eventually } from '../support/eventually.js';
import { http } from '../support/server/http.js';
import { startInProcess } from '../support/server/in-process-server.js';
import { tempDirs } from '../support/temp-dir.js';

let server: RunningServer;
let nth = 0;
const newDir = tempDirs();
const leaving = new AbortController();

beforeAll(async () => {
  server = await startInProcess(newDir(), { ORDER_HOLD_SECONDS: '30', DECLINES_ALLOWED: '2' });
});
afterAll(async () => {
  leaving.abort();
  await server.stop();
});

const get = (path: string, headers: Record<string, string> = {}) => http(`${server.url}${path}`, undefined, headers);
const post = (path: string, body: object = {}, headers: Record<string, string> = {}) =>
  http(`${server.url}${path}`, body, headers);
const patience = { prefer: 'wait=30' };

const newProduct = async (more: object = {}): Promise<string> => {
  const productId = `product-${(nth += 1)}`;
  await post('/api/products', { productId, name: 'Ticket', price: 1_000, stock: 5, ...more });
  return productId;
};
const ordered = async (userId: string, productId?: string): Promise<string> => {
  const orderId = `order-${(nth += 1)}`;
  const lines = [{ productId: productId ?? (await newProduct()), quantity: 1 }];
  const placed = await post('/api/orders', { orderId, userId, lines, shipping: { address: 'Harbour 1' } });
  expect(placed.status).toBe(201);
  return orderId;
};
const payment = (orderId: string, userId: string, gatewayPaymentId: string) => ({
  orderId,
  userId,
  amount: 1_000,
  gatewayPaymentId,
});

/** What a command prints. */
const printed = async (...args: ReadonlyArray<string>): Promise<string> => {
  const write = jest.spyOn(process.stdout, 'write').mockReturnValue(true);
  try {
    await runProgram(createProgram('test', leaving.signal), ['node', 'doorbuster', ...args, '--url', server.url]);
    return write.mock.calls.map(([text]) => String(text)).join('');
  } finally {
    write.mockRestore();
  }
};

/** `event` and `status` of each notice a user is told, as they are told. */
const listening = async (userId: string): Promise<() => ReadonlyArray<string>> => {
  const response = await fetch(`${server.url}/api/sse/subscribe/${userId}`, { signal: leaving.signal });
  let text = '';
  void (async () => {
    if (response.body === null) return;
    const decoder = new TextDecoder();
    for await (const chunk of response.body) text += decoder.decode(chunk);
  })().catch(() => undefined);
  await eventually(() => expect(text).toContain('connected'));
  return () => [...text.matchAll(/^event: (\S+)\ndata: .*?"status":"(\w+)"/gm)].map(([, kind, of]) => `${kind} ${of}`);
};

test('a payment that was answered 202 is waited for, and its key is not bound to that answer', async () => {
  const orderId = await ordered('ana');
  const key = { 'idempotency-key': 'pay-once' };
  const body = payment(orderId, 'ana', 'timeout-1');
  const first = await post('/api/payments', body, key);
  expect(first).toMatchObject({ status: 202, body: { status: 'PENDING' } });
  const paymentId = String(first.body['paymentId']);
  expect(first.headers.get('location')).toBe(`/api/payments/${paymentId}`);
  expect(await get(`/api/payments/${paymentId}`, patience)).toMatchObject({
    status: 200,
    body: { paymentId, orderId, amount: 1_000, status: 'PAID' },
  });
  for (const headers of [key, key, {}])
    expect(await post('/api/payments', body, headers)).toMatchObject({
      status: 200,
      body: { paymentId, status: 'PAID' },
    });
  expect(await get(`/api/orders/${orderId}`, patience)).toMatchObject({
    body: { status: 'CONFIRMED', payment: { paymentId, amount: 1_000, status: 'PAID' }, refund: null },
  });
});

test('cancelled while the gateway takes its time: the answer, the order and the last notice say that the money goes back', async () => {
  const heard = await listening('ben');
  const orderId = await ordered('ben');
  const { body } = await post('/api/payments/prepare', { orderId, userId: 'ben', amount: 1_000 });
  const url = `/api/payments/${String(body['paymentId'])}`;
  const approving = post(`${url}/approve`, { gatewayPaymentId: 'delay-6000-1' });
  await eventually(async () =>
    expect((await get(`/admin/users/ben/timeline`)).text).toContain('PaymentApprovalStarted'),
  );
  expect(await post(`/api/orders/${orderId}/cancel`)).toMatchObject({ status: 200 });
  expect((await approving).text).toMatch(/"status":"REFUND(ING|ED)"/);
  expect(await get(url, patience)).toMatchObject({ body: { status: 'REFUNDED', refundedAt: expect.any(String) } });
  expect(await get(`/api/orders/${orderId}`, patience)).toMatchObject({
    body: { status: 'CANCELLED', refund: { status: 'REFUNDED', amount: 1_000, refundedAt: expect.any(String) } },
  });
  await eventually(() => expect(heard()).toEqual(['order-cancelled CANCELLED', 'payment-refunded REFUNDED']));
});

test('one payment of the gateway does not pay a second order, and operators find none that did', async () => {
  const [first, second] = [await ordered('cem'), await ordered('cem')];
  expect(await post('/api/payments', payment(first, 'cem', 'ok-cem'))).toMatchObject({ status: 200 });
  expect(await post('/api/payments', payment(second, 'cem', 'ok-cem'))).toMatchObject({
    status: 409,
    body: { code: 'GATEWAY_PAYMENT_USED' },
  });
  expect((await get(`/api/orders/${second}`)).body).toMatchObject({ payment: { status: 'PENDING' } });
  await get(`/api/orders/${first}`, patience);
  expect(await get(`/admin/orders/${first}/verify`)).toMatchObject({ body: { verdict: 'PASS', reasons: [] } });
});

test('an order whose payments are declined fails, and its user is told', async () => {
  const heard = await listening('dee');
  const orderId = await ordered('dee');
  for (const gatewayPaymentId of ['decline-1', 'decline-1', 'decline-2'])
    expect(await post('/api/payments', payment(orderId, 'dee', gatewayPaymentId))).toMatchObject({ status: 402 });
  expect(await get(`/api/orders/${orderId}`, patience)).toMatchObject({
    body: { status: 'FAILED', reason: 'PAYMENT_DECLINED', payment: { status: 'DECLINED' }, refund: null },
  });
  await eventually(() => expect(heard()).toEqual(['order-failed FAILED']));
});

test('an event is cancelled: who has not paid cannot, what they hold is free, and who has is listed', async () => {
  const heard = await listening('eva');
  const eventId = 'gala';
  await post('/api/events', { eventId, name: 'Gala', opensAt: new Date(Date.now() - 1_000).toISOString() });
  await eventually(async () => expect((await get(`/api/events/${eventId}`)).body).toMatchObject({ status: 'OPEN' }));
  const productId = await newProduct({ eventId });
  const [paid, unpaid, late] = [
    await ordered('eva', productId),
    await ordered('eva', productId),
    await ordered('eva', productId),
  ];
  expect(await post('/api/payments', payment(paid, 'eva', 'ok-eva'))).toMatchObject({ status: 200 });
  await get(`/api/orders/${paid}`, patience);
  await post(`/api/events/${eventId}/cancel`);
  expect(await post('/api/payments', payment(late, 'eva', 'ok-late'))).toMatchObject({
    status: 409,
    body: { code: 'NOT_PAYABLE', orderStatus: 'CANCELLED' },
  });
  for (const orderId of [unpaid, late])
    expect(await get(`/api/orders/${orderId}`, patience)).toMatchObject({
      body: { status: 'CANCELLED', reason: 'EVENT_CANCELLED' },
    });
  await eventually(async () =>
    expect((await get(`/api/products/${productId}`)).body).toMatchObject({ onHand: 4, held: 0 }),
  );
  expect((await get(`/admin/events/${eventId}/orders`)).body).toMatchObject({
    items: [{ orderId: paid, status: 'CONFIRMED' }],
    nextCursor: null,
  });
  expect(await printed('orders', 'of-event', eventId)).toMatch(new RegExp(`${paid}.*eva.*CONFIRMED.*1000`));
  await eventually(() =>
    expect(heard()).toEqual(expect.arrayContaining(['event-cancelled CANCELLED', 'order-cancelled CANCELLED'])),
  );
});
