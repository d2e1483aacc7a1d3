import { taskEither as TE } from 'fp-ts';
import { type RequestCouponError } from '../../../src/application/coupon/request-coupon.js';
import { spring, T0 } from './fake-use-cases.js';
import { recorded } from './recorded.js';
import { closeServers, serve } from './with-server.js';

afterEach(closeServers);

const T0_ISO = '2026-01-01T00:00:00.000Z';

test('whoever asks for a coupon is accepted and told where the answer will be', async () => {
  const { post } = await serve();
  const answer = await post('/api/coupons/spring/issue', { userId: 'ana', requestId: 'mine' });
  expect(answer.status).toBe(202);
  expect(answer.headers.get('location')).toBe('/api/coupons/issue-status/mine?couponId=spring&userId=ana');
  expect(answer.headers.get('retry-after')).toBe('1');
  expect(await answer.json()).toEqual({
    requestId: 'mine',
    couponId: 'spring',
    userId: 'ana',
    status: 'PENDING',
    message: expect.any(String),
  });
});

test('integers are read as ids', async () => {
  const { post } = await serve();
  const answer = await post('/api/coupons/7/issue', { userId: 42 });
  expect(await answer.json()).toMatchObject({ couponId: '7', userId: '42' });
});

test.each([
  ['/api/payments/webhook', { paymentId: 7, gatewayPaymentId: 4711 }],
  ['/api/payments/7/approve', { gatewayPaymentId: 4711 }],
  ['/api/payments', { orderId: 8, userId: 42, amount: 1, gatewayPaymentId: 4711 }],
])("so is the gateway's number of a payment at POST %s", async (path, body) => {
  const seen: unknown[] = [];
  const see = (asked: object): TE.TaskEither<{ readonly code: 'UNAVAILABLE' }, never> => {
    seen.push(asked);
    return TE.left({ code: 'UNAVAILABLE' });
  };
  const { post } = await serve({ hearGateway: see, approvePayment: see, payAtOnce: see });
  expect((await post(path, body)).status).toBe(503);
  expect(seen).toMatchObject([{ gatewayPaymentId: '4711' }]);
});

describe('whoever cannot be accepted is told why', () => {
  const refused: ReadonlyArray<readonly [RequestCouponError, number, object]> = [
    [{ code: 'COUPON_NOT_FOUND' }, 404, {}],
    [{ code: 'SOLD_OUT' }, 409, {}],
    [{ code: 'CLOSED' }, 409, {}],
    [{ code: 'PAUSED' }, 409, {}],
    [{ code: 'NOT_OPEN', opensAt: T0 }, 409, { opensAt: T0_ISO }],
    [{ code: 'NOT_OPEN', opensAt: null }, 409, { opensAt: null }],
    [
      { code: 'ALREADY_REQUESTED', requestId: 'first' },
      409,
      { requestId: 'first', statusUrl: '/api/coupons/issue-status/first?couponId=spring&userId=ana' },
    ],
    [{ code: 'OVERLOADED' }, 503, {}],
    [{ code: 'UNAVAILABLE' }, 503, {}],
    [
      { code: 'OUTCOME_UNKNOWN', requestId: 'first' },
      503,
      { requestId: 'first', statusUrl: '/api/coupons/issue-status/first?couponId=spring&userId=ana' },
    ],
  ];
  test.each(refused)('%j', async (error, status, fields) => {
    const { post } = await serve({ requestCoupon: () => TE.left(error) });
    const answer = await post('/api/coupons/spring/issue', { userId: 'ana' });
    expect(answer.status).toBe(status);
    expect(answer.headers.get('content-type')).toMatch('application/problem+json');
    expect(answer.headers.has('retry-after')).toBe(status === 503);
    expect(await answer.json()).toEqual({
      type: `/docs#${error.code}`,
      title: expect.any(String),
      detail: expect.any(String),
      status,
      code: error.code,
      ...fields,
    });
  });
});

test('a coupon is created with its window, and shown at its address', async () => {
  const { post } = await serve();
  const wanted = {
    couponId: 'spring',
    name: '봄 세일 🌸',
    quantity: 3,
    discount: { kind: 'AMOUNT', value: 500 },
    opensAt: T0_ISO,
    closesAt: '2026-01-02T09:00:00+09:00',
  };
  const answer = await post('/api/coupons', wanted);
  expect(answer.status).toBe(201);
  expect(answer.headers.get('location')).toBe('/api/coupons/spring');
  expect(await answer.json()).toEqual({
    ...wanted,
    challenge: 'NEVER',
    closesAt: '2026-01-02T00:00:00.000Z',
    usableUntil: '2026-01-02T00:00:00.000Z',
    eventId: null,
    issued: 0,
    remaining: 3,
    status: 'OPEN',
  });
});

test.each([
  ['COUPON_EXISTS', 409, 'COUPON_EXISTS'],
  ['INVALID_WINDOW', 400, 'INVALID_REQUEST'],
  ['UNAVAILABLE', 503, 'UNAVAILABLE'],
  ['OUTCOME_UNKNOWN', 503, 'OUTCOME_UNKNOWN'],
] as const)('a coupon that is not created: %s', async (error, status, code) => {
  const { post } = await serve({ createCoupon: () => TE.left({ code: error, couponId: 'spring' }) });
  const answer = await post('/api/coupons', { name: 'x', quantity: 1, discount: { kind: 'PERCENT', value: 1 } });
  expect(answer.status).toBe(status);
  expect(await answer.json()).toMatchObject({ code });
});

test.each([
  [{ closesAt: T0_ISO }, 'closesAt'],
  [{ usableUntil: T0_ISO }, 'usableUntil'],
])('an end before the beginning is told of the field that was sent: %j', async (terms, path) => {
  const { post, call } = await serve({
    createCoupon: () => TE.left({ code: 'INVALID_WINDOW', couponId: 'spring' }),
    changeTerms: () => TE.left({ code: 'INVALID_WINDOW' }),
  });
  const created = { name: 'x', quantity: 1, discount: { kind: 'PERCENT', value: 1 }, ...terms };
  const changed = { method: 'PATCH', headers: { 'content-type': 'application/json' }, body: JSON.stringify(terms) };
  for (const answer of [await post('/api/coupons', created), await call('/api/coupons/spring', changed)])
    expect(await answer.json()).toMatchObject({ errors: [{ path }] });
});

test('what is no time is one fault, not two', async () => {
  const { post } = await serve();
  const wanted = { name: 'x', quantity: 1, discount: { kind: 'PERCENT', value: 1 }, opensAt: 'soon' };
  expect(await (await post('/api/coupons', wanted)).json()).toMatchObject({ errors: [{ path: 'opensAt' }] });
});

test('whoever cannot be told whether it was done is told where to look', async () => {
  const { post } = await serve({
    createCoupon: () => TE.left({ code: 'OUTCOME_UNKNOWN', couponId: 'spring' }),
    pauseCoupon: () => TE.left({ code: 'OUTCOME_UNKNOWN', requestId: 'op-1' }),
  });
  const created = await post('/api/coupons', { name: 'x', quantity: 1, discount: { kind: 'PERCENT', value: 1 } });
  expect(await created.json()).toMatchObject({ couponId: 'spring', statusUrl: '/api/coupons/spring' });
  const paused = await post('/api/coupons/spring/pause');
  expect(await paused.json()).toMatchObject({ requestId: 'op-1', statusUrl: '/api/coupons/spring' });
});

test('a coupon is shown with what is left of it', async () => {
  const { call } = await serve();
  const answer = await call('/api/coupons/spring');
  expect(answer.status).toBe(200);
  const { createdAt: _, revision: __, ...shown } = spring;
  expect(await answer.json()).toEqual({ ...shown, opensAt: T0_ISO });
});

test('a coupon that does not exist is not found', async () => {
  const { call } = await serve({ couponById: () => TE.left({ code: 'COUPON_NOT_FOUND' }) });
  const answer = await call('/api/coupons/none');
  expect(answer.status).toBe(404);
  expect(await answer.json()).toMatchObject({ code: 'COUPON_NOT_FOUND' });
});

test('the result of a request tells place and time', async () => {
  const { call } = await serve();
  expect(await (await call('/api/coupons/issue-status/mine')).json()).toEqual({
    requestId: 'mine',
    couponId: 'spring',
    userId: 'ana',
    status: 'SUCCESS',
    message: 'The coupon is yours.',
    place: 1,
    processedAt: T0_ISO,
  });
});

test.each([
  ['en', 'Giving out the coupon was paused when your turn came.'],
  ['ko', '순서가 되었을 때 발급이 일시 중지되었습니다.'],
])('one whose request failed is told why (%s)', async (language, message) => {
  const failed = { status: 'FAILED', requestId: 'mine', code: 'PAUSED' } as const;
  const { call } = await serve({
    issueStatus: () => TE.right({ ...failed, couponId: 'spring', userId: 'ana', processedAt: T0 }),
    issueStatusOf: () => TE.right(failed),
  });
  for (const path of ['/api/coupons/issue-status/mine', '/api/coupons/spring/issue-status?userId=ana']) {
    const answer = await call(path, { headers: { 'accept-language': language } });
    expect(await answer.json()).toMatchObject({ ...failed, message });
  }
});

test('the request of an operator is nobody’s coupon', async () => {
  const { call } = await serve({
    issueStatus: ({ requestId }) =>
      TE.right({ requestId, couponId: 'spring', userId: null, status: 'SUCCESS', processedAt: null }),
  });
  const answer = await call('/api/coupons/issue-status/op-1');
  expect(await answer.json()).toEqual({
    requestId: 'op-1',
    couponId: 'spring',
    status: 'SUCCESS',
    message: 'The operation was carried out.',
  });
});

test('a request never accepted is not found', async () => {
  const { call } = await serve({ issueStatus: () => TE.left({ code: 'REQUEST_NOT_FOUND' }) });
  const answer = await call('/api/coupons/issue-status/never');
  expect([answer.status, await answer.json()]).toMatchObject([404, { code: 'REQUEST_NOT_FOUND' }]);
});

test('a user is told what became of their request for a coupon', async () => {
  const { call } = await serve();
  const answer = await call('/api/coupons/spring/issue-status?userId=ana');
  expect(await answer.json()).toEqual({ status: 'ISSUED', requestId: 'request-1', message: 'The coupon is yours.' });
});

test('a user sees their coupons page by page', async () => {
  const couponsOfUser = recorded((_: object) => TE.right({ items: [], nextCursor: null }));
  const { call } = await serve({ couponsOfUser: couponsOfUser.call });
  const answer = await call('/api/users/ana/coupons?cursor=abc&limit=5');
  expect(await answer.json()).toEqual({ items: [], nextCursor: null });
  await call('/api/users/ana/coupons');
  expect(couponsOfUser.requests).toEqual([
    { userId: 'ana', cursor: 'abc', limit: 5 },
    { userId: 'ana', limit: 20 },
  ]);
});

test('a cursor nobody gave out is a fault of the request', async () => {
  const { call } = await serve({ couponsOfUser: () => TE.left({ code: 'INVALID_CURSOR' }) });
  const answer = await call('/api/users/ana/coupons?cursor=abc');
  expect([answer.status, await answer.json()]).toMatchObject([400, { errors: [{ path: 'cursor' }] }]);
});

describe('operators', () => {
  test.each(['pause', 'resume', 'quantity'] as const)('%s with who and why', async (verb) => {
    const { call: operate, requests } = recorded((_: object) => TE.right(spring));
    const { post } = await serve({ pauseCoupon: operate, resumeCoupon: operate, changeQuantity: operate });
    const body = { actor: 'kim', reason: 'too many', requestId: 'op-1', ...(verb === 'quantity' && { quantity: 5 }) };
    const answer = await post(`/api/coupons/spring/${verb}`, body, { 'x-request-id': 'the-request' });
    expect(answer.status).toBe(200);
    expect(await answer.json()).toMatchObject({ couponId: 'spring' });
    expect(requests).toEqual([{ couponId: 'spring', correlationId: 'the-request', ...body }]);
  });

  test('may name themselves in a header, and need no body', async () => {
    const { call: pauseCoupon, requests } = recorded((_: object) => TE.right(spring));
    const { post } = await serve({ pauseCoupon });
    const answer = await post('/api/coupons/spring/pause', undefined, { 'x-actor': 'kim' });
    expect(answer.status).toBe(200);
    expect(requests).toEqual([expect.objectContaining({ actor: 'kim', reason: 'none given' })]);
  });

  test.each([
    ['COUPON_NOT_FOUND', 404],
    ['QUANTITY_BELOW_ISSUED', 409],
    ['UNAVAILABLE', 503],
    ['OVERLOADED', 503],
    ['OUTCOME_UNKNOWN', 503],
  ] as const)('are told %s', async (code, status) => {
    const { post } = await serve({ changeQuantity: () => TE.left({ code, requestId: 'op-1' }) });
    const answer = await post('/api/coupons/spring/quantity', { quantity: 1 });
    expect([answer.status, await answer.json()]).toMatchObject([status, { code }]);
  });
});
