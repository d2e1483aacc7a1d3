import { taskEither as TE } from 'fp-ts';
import { type IdempotencyKeys } from '../../../src/application/ports/idempotency.js';
import { closeServers, serve } from './with-server.js';

afterEach(closeServers);

const issue = '/api/coupons/spring/issue';
const key = { 'idempotency-key': 'key-1' };

const counted = async (): Promise<Awaited<ReturnType<typeof serve>> & { readonly asked: () => number }> => {
  let asked = 0;
  const served = await serve({
    requestCoupon: ({ couponId, userId }) => {
      asked += 1;
      return TE.right({ couponId, userId, requestId: `request-${asked}` });
    },
  });
  return { ...served, asked: () => asked };
};

test('the same key and body gets the first answer again, headers and all, and says so', async () => {
  const { post, asked } = await counted();
  const first = await post(issue, { userId: 'ana' }, key);
  const again = await post(issue, { userId: 'ana' }, key);
  expect(asked()).toBe(1);
  expect(first.headers.has('idempotency-replayed')).toBe(false);
  expect(again.headers.get('idempotency-replayed')).toBe('true');
  expect([again.status, await again.text()]).toEqual([202, await first.text()]);
  for (const name of ['location', 'retry-after', 'content-type'])
    expect(again.headers.get(name)).toBe(first.headers.get(name));
  expect(again.headers.get('x-request-id')).not.toBe(first.headers.get('x-request-id'));
});

test('without a key, or with another, it is another request', async () => {
  const { post, asked } = await counted();
  await post(issue, { userId: 'ana' });
  await post(issue, { userId: 'ana' });
  await post(issue, { userId: 'ana' }, key);
  await post(issue, { userId: 'ana' }, { 'idempotency-key': 'key-2' });
  expect(asked()).toBe(4);
});

test.each([
  ['another body', issue, { userId: 'ben' }],
  ['another path', '/api/coupons/autumn/issue', { userId: 'ana' }],
])('the same key with %s is refused', async (_, path, body) => {
  const { post, asked } = await counted();
  await post(issue, { userId: 'ana' }, key);
  const answer = await post(path, body, key);
  expect([answer.status, await answer.json()]).toMatchObject([422, { code: 'IDEMPOTENCY_KEY_REUSED' }]);
  expect(asked()).toBe(1);
});

test('while the first is running the same key is told to come again', async () => {
  let finish = (): void => undefined;
  const finished = new Promise<void>((resolve) => (finish = resolve));
  let begun = (): void => undefined;
  const running = new Promise<void>((resolve) => (begun = resolve));
  const { post } = await serve({
    requestCoupon: (request) =>
      TE.fromTask(async () => {
        begun();
        await finished;
        return { couponId: request.couponId, userId: request.userId, requestId: 'request-1' };
      }),
  });
  const first = post(issue, { userId: 'ana' }, key);
  await running;
  const second = await post(issue, { userId: 'ana' }, key);
  expect([second.status, await second.json()]).toMatchObject([409, { code: 'IDEMPOTENCY_KEY_IN_PROGRESS' }]);
  expect(second.headers.get('retry-after')).toBe('1');
  finish();
  expect((await first).status).toBe(202);
  expect((await post(issue, { userId: 'ana' }, key)).headers.get('idempotency-replayed')).toBe('true');
});

test('a refusal is an answer like others, and is repeated', async () => {
  let soldOut = true;
  const { post } = await serve({
    requestCoupon: (request) =>
      soldOut
        ? TE.left({ code: 'SOLD_OUT' })
        : TE.right({ couponId: request.couponId, userId: request.userId, requestId: 'request-1' }),
  });
  expect((await post(issue, { userId: 'ana' }, key)).status).toBe(409);
  soldOut = false;
  expect((await post(issue, { userId: 'ana' }, key)).status).toBe(409);
});

test.each(['UNAVAILABLE', 'an exception'] as const)('%s is no final answer: it is tried again', async (trouble) => {
  let times = 0;
  const { post } = await serve({
    requestCoupon: (request) => {
      times += 1;
      if (times > 1) return TE.right({ couponId: request.couponId, userId: request.userId, requestId: 'request-1' });
      if (trouble === 'UNAVAILABLE') return TE.left({ code: trouble });
      throw new Error('a bug');
    },
  });
  expect((await post(issue, { userId: 'ana' }, key)).status).toBeGreaterThanOrEqual(500);
  const again = await post(issue, { userId: 'ana' }, key);
  expect([again.status, again.headers.has('idempotency-replayed')]).toEqual([202, false]);
});

test.each(['', 'has space', 'x'.repeat(256), 'caf\u00e9'])('a key that is none is refused: %j', async (given) => {
  const { post, asked } = await counted();
  const answer = await post(issue, { userId: 'ana' }, { 'idempotency-key': given });
  expect([answer.status, await answer.json()]).toMatchObject([
    400,
    { code: 'INVALID_REQUEST', errors: [{ path: 'Idempotency-Key' }] },
  ]);
  expect(asked()).toBe(0);
});

test('of a stream the last line is kept', async () => {
  const { call } = await serve();
  const rebuild = (): Promise<Response> =>
    call('/admin/projections/coupon/rebuild', {
      method: 'POST',
      headers: { ...key, accept: 'application/x-ndjson' },
    });
  const lines = (await (await rebuild()).text()).trim().split('\n');
  expect(lines).toHaveLength(2);
  const again = await rebuild();
  expect(again.headers.get('idempotency-replayed')).toBe('true');
  expect((await again.text()).trim()).toBe(lines[1]);
});

test('where keys cannot be kept, nothing is begun', async () => {
  const away = TE.left<'IdempotencyUnavailable'>('IdempotencyUnavailable');
  const idempotencyKeys: IdempotencyKeys = { begin: () => away, answer: () => away, forget: () => away };
  const { post } = await serve({}, { idempotencyKeys });
  const answer = await post(issue, { userId: 'ana' }, key);
  expect([answer.status, answer.headers.get('retry-after')]).toEqual([503, '1']);
  expect((await post(issue, { userId: 'ana' })).status).toBe(202);
});
