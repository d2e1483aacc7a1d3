import { type Route } from '../../../src/adapters/http/route.js';
import { problemSchema } from '../../../src/adapters/http/schemas/problem.js';
import { allRoutes } from '../../support/contract/all-routes.js';
import { closeServers, serve } from './with-server.js';

afterEach(closeServers);

const routes: ReadonlyArray<Route> = allRoutes();

/** A body each call that takes one is content with. */
const bodies: Readonly<Record<string, object>> = {
  '/api/coupons': { name: 'x', quantity: 1, discount: { kind: 'PERCENT', value: 1 } },
  '/api/coupons/:couponId/issue': { userId: 'ana' },
  '/api/coupons/:couponId/quantity': { quantity: 1 },
  '/api/events': { name: 'x', opensAt: '2026-01-01T00:00:00Z' },
  '/api/v1/schedules/:scheduleId': { activeLimit: 1, activeTtlSeconds: 1 },
  '/api/v1/waiting-token': { scheduleId: 'gala', userId: 'ana' },
  '/api/events/:eventId': { opensAt: '2026-01-01T00:00:00Z' },
  '/api/products': { name: 'x', price: 1, stock: 1 },
  '/api/products/:productId/stock': { quantity: 1 },
  '/api/users/:userId/points/charge': { amount: 1 },
  '/api/orders': {
    userId: 'ana',
    lines: [{ productId: 'p', quantity: 1 }],
    shipping: { recipient: 'x', address: 'y' },
  },
  '/api/sse/tickets': { userId: 'ana' },
  '/api/payments/prepare': { orderId: 'o', userId: 'ana', amount: 1 },
  '/api/payments/webhook': { paymentId: 'p', gatewayPaymentId: 'g' },
  '/api/payments/:paymentId/approve': { gatewayPaymentId: 'g' },
  '/api/payments': { orderId: 'o', userId: 'ana', amount: 1, gatewayPaymentId: 'g' },
  '/admin/dead-letters/replay': { topic: 'coupon-issue-requests' },
  '/admin/dead-letters/:id/discard': { reason: 'a test' },
  '/admin/parked-streams/release': { consumer: 'relay', streamId: 'coupon-summer' },
};

const addressed = (path: string): string =>
  `${path.replace(':file', 'main.js').replaceAll(/:\w+/g, 'spring')}?userId=ana`;

test('every route is documented, with what it takes and answers', async () => {
  const { call } = await serve();
  const document = JSON.parse(await (await call('/openapi.json')).text());
  expect(document.openapi).toBe('3.1.0');
  for (const { method, path, answers } of routes) {
    const described = document.paths[path.replaceAll(/:(\w+)/g, '{$1}')]?.[method];
    expect(described).toBeDefined();
    expect(Object.keys(described.responses)).toEqual(expect.arrayContaining(Object.keys(answers)));
  }
  expect(Object.values<object>(document.paths).flatMap(Object.keys)).toHaveLength(routes.length);
});

test('every reference in the document leads somewhere', async () => {
  const { call } = await serve();
  const text = await (await call('/openapi.json')).text();
  const { schemas } = JSON.parse(text).components;
  for (const [, name = ''] of text.matchAll(/#\/components\/schemas\/(\w+)/g)) expect(schemas).toHaveProperty(name);
  expect(Object.keys(schemas)).toEqual(expect.arrayContaining(['Coupon', 'IssueStatus', 'Problem', 'NewCoupon']));
});

test.each(routes.map((route) => [route.method, route.path, route] as const))(
  '%s %s answers as documented',
  async (method, path, { answers }) => {
    const { call } = await serve();
    const init = { method: method.toUpperCase(), headers: { 'content-type': 'application/json' } };
    const answer = await call(
      addressed(path),
      method === 'get' ? {} : { ...init, body: JSON.stringify(bodies[path] ?? {}) },
    );
    const documented = answers[answer.status];
    expect(documented).toBeDefined();
    if (documented === undefined) return;
    const { schema, contentType = 'application/json', headers = [] } = documented;
    for (const name of ['x-request-id', ...headers]) expect(answer.headers.has(name)).toBe(true);
    if (schema === undefined) return expect(await answer.text()).toBe('');
    if (contentType !== '*/*') expect(answer.headers.get('content-type')).toMatch(contentType);
    // It never ends.
    if (contentType === 'text/event-stream') return answer.body?.cancel();
    const body: unknown = contentType === 'application/json' ? await answer.json() : await answer.text();
    // Strict: what is answered and not documented would be lost in parsing.
    expect(schema.parse(body)).toEqual(body);
  },
);

test('problems are as documented', async () => {
  const { call, post } = await serve();
  for (const answer of [await call('/nowhere'), await post('/api/coupons', {}), await call('/api/coupons')])
    expect(problemSchema.safeParse(await answer.json()).error).toBeUndefined();
});

test('the page for people shows every call and every problem, and needs nothing from elsewhere', async () => {
  const { call } = await serve();
  const page = await (await call('/docs')).text();
  for (const { path } of routes) expect(page).toContain(`<code>${path.replaceAll(/:(\w+)/g, '{$1}')}</code>`);
  expect(page).toContain('id="SOLD_OUT"');
  expect(page).not.toMatch(/<script|src=|https?:\/\//);
});
