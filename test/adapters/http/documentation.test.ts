import { writeFileSync } from 'node:fs';
import { z } from 'zod';
import { EXAMPLES, operationId, problemSchema, recordedExamples } from '../../../src/adapters/http/openapi.js';
import { type Route } from '../../../src/adapters/http/route.js';
import { allRoutes } from '../../support/contract/all-routes.js';
import { closeServers, serve, type Served } from './with-server.js';

afterEach(closeServers);

const routes: ReadonlyArray<Route> = allRoutes();

/** A body each call that takes one is content with. */
const bodies: Readonly<Record<string, object>> = {
  '/api/coupons': { name: 'Spring sale', quantity: 100, discount: { kind: 'PERCENT', value: 10 } },
  '/api/coupons/:couponId/issue': { userId: 'ana' },
  '/api/coupons/:couponId/quantity': { quantity: 1 },
  '/api/events': { name: 'Spring sale', opensAt: '2026-01-01T00:00:00Z' },
  '/api/v1/schedules/:scheduleId': { activeLimit: 500, activeTtlSeconds: 300 },
  '/api/v1/waiting-token': { scheduleId: 'gala', userId: 'ana' },
  '/api/events/:eventId': { opensAt: '2026-01-01T00:00:00Z' },
  '/api/products': { name: 'Ticket', price: 60_000, stock: 200 },
  '/api/products/:productId/stock': { quantity: 1 },
  '/api/users/:userId/points/charge': { amount: 1 },
  '/api/orders': {
    userId: 'ana',
    lines: [{ productId: 'p', quantity: 1 }],
    shipping: { recipient: 'Ana', address: 'Harbour 1' },
  },
  '/api/sse/tickets': { userId: 'ana' },
  '/api/payments/prepare': { orderId: 'o', userId: 'ana', amount: 1 },
  '/api/payments/webhook': { paymentId: 'p', gatewayPaymentId: 'g' },
  '/api/payments/:paymentId/approve': { gatewayPaymentId: 'g' },
  '/api/payments': { orderId: 'o', userId: 'ana', amount: 1, gatewayPaymentId: 'g' },
  '/admin/dead-letters/replay': { topic: 'coupon-issue-requests' },
  '/admin/dead-letters/:id/discard': { reason: 'a test' },
  '/admin/webhooks': { url: 'https://shop.example/doorbuster', eventTypes: ['COUPON_ISSUED'] },
  '/admin/webhooks/:endpointId/replay': { since: '2026-01-01T00:00:00Z' },
  '/admin/parked-streams/release': { consumer: 'relay', streamId: 'coupon-summer' },
};

const addressed = (path: string): string =>
  `${path.replace('docs/:file', 'docs/page.js').replace(':file', 'main.js').replaceAll(/:\w+/g, 'spring')}?userId=ana`;

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

const asked = async ({ call }: Served, method: string, path: string): Promise<Response> => {
  const init = {
    method: method.toUpperCase(),
    headers: { 'content-type': 'application/json', 'x-request-id': 'mine' },
  };
  return call(addressed(path), method === 'get' ? init : { ...init, body: JSON.stringify(bodies[path] ?? {}) });
};

test.each(routes.map((route) => [route.method, route.path, route] as const))(
  '%s %s answers as documented',
  async (method, path, { answers }) => {
    const answer = await asked(await serve(), method, path);
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

/** Of what is JSON and not too much to read: documents of documents are left out. */
const isShown = (path: string, answer: Response): boolean =>
  answer.headers.get('content-type')?.startsWith('application/json') === true && !path.endsWith('api.json');

/** Of its own each time. */
const withoutSecrets = (answered: object): object =>
  'ticket' in answered ? { ...answered, ticket: 'a-ticket' } : answered;

const recordedNow = async (): Promise<Record<string, object>> => {
  const served = await serve();
  const examples: Record<string, object> = {};
  for (const { method, path, body } of routes) {
    const answer = await asked(served, method, path);
    const sent = bodies[path] ?? {};
    const takesBody = method !== 'get' && method !== 'delete' && (path in bodies || !body.safeParse(undefined).success);
    if (!isShown(path, answer)) {
      await answer.body?.cancel();
      if (takesBody) examples[operationId(method, path)] = { sent, status: answer.status };
      continue;
    }
    const answered = withoutSecrets(z.looseObject({}).parse(await answer.json()));
    examples[operationId(method, path)] = { ...(takesBody && { sent }), status: answer.status, answered };
  }
  return examples;
};

test('the examples of the reference are calls that are answered so; `npm run examples` writes them', async () => {
  const now = await recordedNow();
  if (process.env['WRITE_EXAMPLES'] !== undefined) writeFileSync(EXAMPLES, `${JSON.stringify(now, null, 2)}\n`);
  expect(recordedExamples()).toEqual(now);
});

/** Where a moment stands as a number: from 2001 on it has that many milliseconds. */
const momentsIn = (value: unknown, at: string): ReadonlyArray<string> => {
  if (typeof value === 'number') return value > 1_000_000_000_000 ? [at] : [];
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([name, each]) => momentsIn(each, `${at}.${name}`));
};

test('no answer tells a time as a number', async () => {
  expect(momentsIn(await recordedNow(), 'answers')).toEqual([]);
});

test('every operation that answers JSON has an example of it, and every body that is needed one of it', async () => {
  const { call } = await serve();
  const document = JSON.parse(await (await call('/openapi.json')).text());
  const without: string[] = [];
  for (const { method, path, answers, body } of routes) {
    if (path.endsWith('api.json')) continue;
    const { operationId: name, requestBody, responses } = document.paths[path.replaceAll(/:(\w+)/g, '{$1}')][method];
    const isJson = Object.values(answers).some(
      ({ schema, contentType }) => schema !== undefined && contentType === undefined,
    );
    const shown = Object.values<{ content?: Record<string, object> }>(responses).some((answer) =>
      Object.values(answer.content ?? {}).some((content) => 'example' in content),
    );
    if (isJson && !shown) without.push(`the answer of ${name}`);
    if (
      requestBody !== undefined &&
      !body.safeParse({}).success &&
      !('example' in requestBody.content['application/json'])
    )
      without.push(`the body of ${name}`);
  }
  expect(without).toEqual([]);
});

test('the page for people needs nothing from elsewhere', async () => {
  const { call } = await serve();
  const page = await (await call('/docs')).text();
  expect(page).toContain('id="SOLD_OUT"');
  const [...named] = page.matchAll(/(?:src|href)="([^"]*)"/g);
  expect(named.map(([, file]) => file)).toEqual([
    '/demo/icon.svg',
    '/docs/page.css',
    '/docs/scalar.js',
    '/docs/page.js',
  ]);
  for (const [, file = ''] of named) expect((await call(file)).status).toBe(200);
  expect(page).not.toMatch(/https?:\/\//);
});
