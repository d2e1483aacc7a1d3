import { taskEither as TE } from 'fp-ts';
import { fakeUseCases } from './fake-use-cases.js';
import { closeServers, serve } from './with-server.js';

afterEach(closeServers);

const nested = (levels: number): Record<string, unknown> =>
  Array.from({ length: levels }).reduce<Record<string, unknown>>((inner) => ({ inner }), {});

const order = (shipping: unknown) => ({ userId: 'ana', lines: [{ productId: 'ticket', quantity: 1 }], shipping });
const wide = (fields: number) => Object.fromEntries(Array.from({ length: fields }, (_, n) => [`f${n}`, n]));

test.each([
  ['of texts, numbers, yes, no and nothing', { a: 'x'.repeat(500), b: 1.5, c: true, d: null }],
  ['of emoji, each one character', { a: '🎟'.repeat(500) }],
  ['of 32 fields', wide(32)],
  ['with names of objects', { constructor: 'x', hasOwnProperty: 'y', toString: 'z' }],
])('an address %s is taken', async (_, shipping) => {
  const { post } = await serve();
  expect((await post('/api/orders', order(shipping))).status).toBe(201);
});

test.each([
  ['nested', { address: { street: 'x' } }],
  ['with a list', { address: [] }],
  ['with a text of 501 characters', { a: 'x'.repeat(501) }],
  ['of 33 fields', wide(33)],
  ['of none', {}],
  ['with a name of 65 characters', { ['x'.repeat(65)]: 1 }],
  ['with a name that parsers drop', JSON.parse('{"__proto__":"x","a":"b"}')],
  ['that is a list', ['x']],
  ['that is null', null],
])('an address %s is refused', async (_, shipping) => {
  const { post } = await serve();
  const answer = await post('/api/orders', order(shipping));
  expect([answer.status, await answer.json()]).toMatchObject([400, { code: 'INVALID_REQUEST' }]);
});

test('an address of before there were bounds is shown as deep as a body may be', async () => {
  const found = await fakeUseCases.orderById('order-1')();
  if (found._tag === 'Left') throw new Error('The fake does not answer');
  const old = { ...found.right, shipping: nested(20_000) };
  const { call } = await serve({
    orderById: () => TE.right(old),
    ordersOfUser: () => TE.right({ items: [old], nextCursor: null }),
  });
  expect((await call('/api/orders/order-1')).status).toBe(200);
  expect((await call('/api/users/ana/orders')).status).toBe(200);
});

describe('a POST whose body is empty', () => {
  const headers = { 'content-type': 'application/json' };
  const empty = (): RequestInit => ({ method: 'POST', headers, body: new Blob([]).stream(), duplex: 'half' });

  test('is one without a body, also in chunks', async () => {
    const { call } = await serve();
    expect((await call('/api/coupons/spring/pause', empty())).status).toBe(200);
    expect((await call('/api/coupons/spring/pause', { method: 'POST', headers })).status).toBe(200);
  });

  test('names what is missing', async () => {
    const { call } = await serve();
    const answer = await call('/api/coupons/spring/issue', empty());
    expect([answer.status, await answer.json()]).toMatchObject([400, { errors: [{ path: 'userId' }] }]);
  });
});

test('a number in an address that JSON cannot carry exactly is refused, not changed', async () => {
  const { post } = await serve();
  expect((await post('/api/orders', order({ height: Number.MAX_SAFE_INTEGER, width: -0.5 }))).status).toBe(201);
  const answer = await post('/api/orders', order({ customsCode: 2 ** 53 }));
  expect(answer.status).toBe(400);
  expect(await answer.json()).toMatchObject({
    errors: [{ path: 'shipping.customsCode', message: expect.stringMatching(/send it as a string/) }],
  });
});
