import { taskEither as TE } from 'fp-ts';
import { type IdempotencyKeys, type StoredResponse } from '../../../src/application/ports/idempotency.js';
import { fakeUseCases } from './fake-use-cases.js';
import { inMemoryIdempotency } from './in-memory-idempotency.js';
import { closeServers, serve } from './with-server.js';

afterEach(closeServers);

const issue = '/api/coupons/spring/issue';
const key = { 'idempotency-key': 'key-1' };

/** Charges points, for which there is a final answer; the second is not the first. */
const charge = '/api/users/ana/points/charge';
const counted = async (): Promise<Awaited<ReturnType<typeof serve>> & { readonly asked: () => number }> => {
  let asked = 0;
  const served = await serve({
    chargePoints: ({ userId }) => {
      asked += 1;
      return TE.right({ userId, balance: asked, reserved: 0, available: asked });
    },
  });
  return { ...served, asked: () => asked };
};

test('the same key and body gets the first answer again, headers and all, and says so', async () => {
  const { post, asked } = await counted();
  const first = await post(charge, { amount: 1 }, key);
  const again = await post(charge, { amount: 1 }, key);
  expect(asked()).toBe(1);
  expect(first.headers.has('idempotency-replayed')).toBe(false);
  expect(again.headers.get('idempotency-replayed')).toBe('true');
  expect([again.status, await again.text()]).toEqual([200, await first.text()]);
  expect(again.headers.get('content-type')).toBe(first.headers.get('content-type'));
  expect(again.headers.get('x-request-id')).not.toBe(first.headers.get('x-request-id'));
});

test('without a key, or with another, it is another request', async () => {
  const { post, asked } = await counted();
  await post(charge, { amount: 1 });
  await post(charge, { amount: 1 });
  await post(charge, { amount: 1 }, key);
  await post(charge, { amount: 1 }, { 'idempotency-key': 'key-2' });
  expect(asked()).toBe(4);
});

test.each([
  ['another body', charge, { amount: 2 }],
  ['another path', '/api/users/ben/points/charge', { amount: 1 }],
])('the same key with %s is refused', async (_, path, body) => {
  const { post, asked } = await counted();
  await post(charge, { amount: 1 }, key);
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
    chargePoints: ({ userId }) =>
      TE.fromTask(async () => {
        begun();
        await finished;
        return { userId, balance: 1, reserved: 0, available: 1 };
      }),
  });
  const first = post(charge, { amount: 1 }, key);
  await running;
  const second = await post(charge, { amount: 1 }, key);
  expect([second.status, await second.json()]).toMatchObject([409, { code: 'IDEMPOTENCY_KEY_IN_PROGRESS' }]);
  expect(second.headers.get('retry-after')).toBe('1');
  finish();
  expect((await first).status).toBe(200);
  expect((await post(charge, { amount: 1 }, key)).headers.get('idempotency-replayed')).toBe('true');
});

test('a refusal that stands for ever is an answer like others, and is repeated', async () => {
  const { post } = await serve({ createProduct: () => TE.left({ code: 'PRODUCT_EXISTS' }) });
  const product = { productId: 'p1', name: 'Ticket', price: 1, stock: 1 };
  expect((await post('/api/products', product, key)).status).toBe(409);
  expect((await post('/api/products', product, key)).headers.get('idempotency-replayed')).toBe('true');
});

const bought = { orderId: 'o1', userId: 'ana', amount: 5, gatewayPaymentId: 'timeout-1' };
const payment = { paymentId: 'p1', orderId: 'o1', amount: 5, refundedAt: null, position: 1 };

/** What may be said now and differently later, by whom it is asked: first this, then well. */
const passing: ReadonlyArray<readonly [string, string, object, () => NonNullable<Parameters<typeof serve>[0]>]> = [
  [
    'a coupon that is not open yet',
    issue,
    { userId: 'ana' },
    () => ({ requestCoupon: () => TE.left({ code: 'NOT_OPEN', opensAt: null }) }),
  ],
  [
    'a coupon that is sold out, until there are more',
    issue,
    { userId: 'ana' },
    () => ({ requestCoupon: () => TE.left({ code: 'SOLD_OUT' }) }),
  ],
  [
    'a payment the gateway has not answered',
    '/api/payments',
    bought,
    () => ({ payAtOnce: () => TE.right({ ...payment, status: 'PENDING' }) }),
  ],
  [
    'money on its way back',
    '/api/payments',
    bought,
    () => ({ payAtOnce: () => TE.right({ ...payment, status: 'REFUNDING' }) }),
  ],
  [
    'an order that is not there yet',
    '/api/payments',
    bought,
    () => ({ payAtOnce: () => TE.left({ code: 'ORDER_NOT_FOUND' }) }),
  ],
  [
    'an order that cannot be shipped yet',
    '/api/orders/o1/ship',
    {},
    () => ({ shipOrder: () => TE.left({ code: 'INVALID_ORDER_STATE' }) }),
  ],
];

test.each(passing)(
  '%s is no final answer: it is asked anew, and not for another request under the same key',
  async (_, path, body, over) => {
    let asked = 0;
    const counting = Object.fromEntries(
      Object.entries(over()).map(([name, call]) => [
        name,
        (...given: ReadonlyArray<unknown>) => {
          asked += 1;
          return Reflect.apply(call, undefined, given);
        },
      ]),
    );
    const { post } = await serve(counting);
    const first = await post(path, body, key);
    const again = await post(path, body, key);
    expect([asked, again.status, again.headers.has('idempotency-replayed')]).toEqual([2, first.status, false]);
    const other = await post(path, { ...body, remark: 'another one' }, key);
    expect([asked, other.status, await other.json()]).toMatchObject([2, 422, { code: 'IDEMPOTENCY_KEY_REUSED' }]);
  },
);

test('what was accepted and is decided later is the same request with the same key, not another one', async () => {
  const requested: Array<string | undefined> = [];
  const { post } = await serve({
    requestCoupon: ({ couponId, userId, requestId = 'none' }) => {
      requested.push(requestId);
      return TE.right({ couponId, userId, requestId });
    },
  });
  const bodies = [];
  for (const user of ['ana', 'ana', 'ben'])
    bodies.push(await (await post(issue, { userId: user }, user === 'ana' ? key : { 'idempotency-key': 'k2' })).json());
  expect(requested[0]).not.toBe('none');
  expect(requested[1]).toBe(requested[0]);
  expect(requested[2]).not.toBe(requested[0]);
  expect(bodies[1]).toEqual(bodies[0]);
});

test('an order whose outcome is unknown is the same order when it is repeated with its key', async () => {
  const asked: Array<string | undefined> = [];
  const { post } = await serve({
    createOrder: ({ orderId = 'none' }) => {
      asked.push(orderId);
      return TE.left({ code: 'OUTCOME_UNKNOWN', orderId });
    },
  });
  const order = { userId: 'ana', lines: [{ productId: 'p1', quantity: 1 }], shipping: { address: 'Harbour 1' } };
  for (let n = 0; n < 2; n += 1) expect((await post('/api/orders', order, key)).status).toBe(503);
  expect(asked[0]).not.toBe('none');
  expect(asked[1]).toBe(asked[0]);
});

test('what an operator creates, and perhaps has, is the same when it is repeated with its key', async () => {
  const created: Array<string | undefined> = [];
  const unknown = <Id extends string>(id: Id | undefined) => {
    created.push(id);
    return { code: 'OUTCOME_UNKNOWN' } as const;
  };
  const { post } = await serve({
    createCoupon: ({ couponId }) => TE.left({ ...unknown(couponId), couponId: 'spring' }),
    createProduct: ({ productId }) => TE.left({ ...unknown(productId), productId: 'lamp' }),
    scheduleEvent: ({ eventId }) => TE.left({ ...unknown(eventId), eventId: 'gala' }),
    createWebhook: ({ endpointId }) => TE.left(unknown(endpointId)),
  });
  const discount = { kind: 'AMOUNT', value: 1 };
  const wanted: ReadonlyArray<readonly [path: string, body: object]> = [
    ['/api/coupons', { name: 'Spring', quantity: 1, discount }],
    ['/api/products', { name: 'Lamp', price: 1, stock: 1 }],
    ['/api/events', { name: 'Gala', opensAt: '2026-01-01T00:00:00Z' }],
    ['/admin/webhooks', { url: 'https://shop.example/hook', eventTypes: [] }],
  ];
  for (const [path, body] of wanted)
    for (let n = 0; n < 2; n += 1) expect((await post(path, body, { 'idempotency-key': path })).status).toBe(503);
  const [firstTime, again] = [0, 1].map((parity) => created.filter((_, n) => n % 2 === parity));
  expect(again).toEqual(firstTime);
  expect(new Set([...created, undefined]).size).toBe(wanted.length + 1);
});

test.each(['UNAVAILABLE', 'an exception'] as const)('%s is no final answer: it is tried again', async (trouble) => {
  let times = 0;
  const { post } = await serve({
    chargePoints: ({ userId }) => {
      times += 1;
      if (times > 1) return TE.right({ userId, balance: 1, reserved: 0, available: 1 });
      if (trouble === 'UNAVAILABLE') return TE.left({ code: trouble });
      throw new Error('a bug');
    },
  });
  expect((await post(charge, { amount: 1 }, key)).status).toBeGreaterThanOrEqual(500);
  const again = await post(charge, { amount: 1 }, key);
  expect([again.status, again.headers.has('idempotency-replayed')]).toEqual([200, false]);
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

test('a request refused for its form leaves nothing behind, and may be put right under the same key', async () => {
  const memory = inMemoryIdempotency();
  const kept: unknown[] = [];
  const idempotencyKeys = {
    ...memory,
    answer: (of: string, answer: StoredResponse) => memory.answer(of, (kept.push(answer), answer)),
  };
  const { post } = await serve({}, { idempotencyKeys });
  for (const body of [{ amount: -1 }, { amount: 'x'.repeat(3_000) }])
    expect((await post(charge, body, key)).status).toBe(400);
  expect(kept).toEqual([]);
  expect((await post(charge, { amount: 1 }, key)).status).toBe(200);
});

test('of an answer larger than 4 KiB is kept that it was given and where what it made is; nothing is done twice', async () => {
  let made = 0;
  const memory = inMemoryIdempotency();
  const kept: StoredResponse[] = [];
  const idempotencyKeys = {
    ...memory,
    answer: (of: string, answer: StoredResponse) => memory.answer(of, (kept.push(answer), answer)),
  };
  const createCoupon: typeof fakeUseCases.createCoupon = (coupon) => {
    made += 1;
    return fakeUseCases.createCoupon({ ...coupon, name: 'x'.repeat(5_000) });
  };
  const { post } = await serve({ createCoupon }, { idempotencyKeys });
  const coupon = { couponId: 'large', name: 'x', quantity: 1, discount: { kind: 'PERCENT', value: 1 } };
  expect((await post('/api/coupons', coupon, key)).status).toBe(201);
  const again = await post('/api/coupons', coupon, key);
  expect([again.status, await again.json()]).toMatchObject([409, { code: 'ANSWER_NOT_KEPT' }]);
  expect(again.headers.get('location')).toBe('/api/coupons/large');
  expect(made).toBe(1);
  expect(JSON.stringify(kept).length).toBeLessThan(1_000);
});

test('of a stream the last line is kept', async () => {
  const { post } = await serve();
  const rebuild = (): Promise<Response> =>
    post('/admin/projections/coupon/rebuild', undefined, { ...key, accept: 'application/x-ndjson' });
  const lines = (await (await rebuild()).text()).trim().split('\n');
  expect(lines).toHaveLength(2);
  const again = await rebuild();
  expect(again.headers.get('idempotency-replayed')).toBe('true');
  expect((await again.text()).trim()).toBe(lines[1]);
});

test('where keys cannot be kept, nothing is begun', async () => {
  const away = TE.left<'IdempotencyUnavailable'>('IdempotencyUnavailable');
  const idempotencyKeys: IdempotencyKeys = {
    begin: () => away,
    answer: () => away,
    reopen: () => away,
    forget: () => away,
  };
  const { post } = await serve({}, { idempotencyKeys });
  const answer = await post(issue, { userId: 'ana' }, key);
  expect([answer.status, answer.headers.get('retry-after')]).toEqual([503, '1']);
  expect((await post(issue, { userId: 'ana' })).status).toBe(202);
});
