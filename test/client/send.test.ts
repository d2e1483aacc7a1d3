import { jest } from '@jest/globals';
import { createClient, type Fetch, type Retry } from '../../packages/client/src/index.js';

interface Sent {
  readonly method: string;
  readonly key: string | null;
  readonly body: string;
}

type Step = Response | Error;

const problem = (status: number, code: string, headers: Record<string, string> = {}): Response =>
  new Response(JSON.stringify({ type: '', title: '', detail: code, status, code }), {
    status,
    headers: { 'content-type': 'application/problem+json', ...headers },
  });
const json = (body: object, status = 200): Response => Response.json(body, { status });
const soon = { 'retry-after': '0' };

/** A server that answers so, one after the other, and what it was sent. */
const answering = (...steps: ReadonlyArray<Step>) => {
  const sent: Sent[] = [];
  const left = [...steps];
  const fetch: Fetch = async (_, { method, headers, body = '' }) => {
    sent.push({ method, key: headers.get('idempotency-key'), body });
    const next = left.shift();
    if (next === undefined) throw new Error('Nobody expected this call');
    if (next instanceof Error) throw next;
    return next;
  };
  const retries: Retry[] = [];
  const onRetry = (retry: Retry): void => void retries.push(retry);
  return {
    ...{ sent, retries, fetch },
    client: createClient({ url: 'http://sale.example/', fetch, retryForMs: 20_000, onRetry }),
  };
};

const runOut = { 'www-authenticate': 'Bearer error="invalid_token", error_description="The token has expired"' };
const order = { userId: 'ana', lines: [{ productId: 'p', quantity: 1 }], shipping: { recipient: 'Ana' } };
const placed = json({ orderId: 'o1', status: 'CREATED', total: 1, discount: 0, points: 0, holdExpiresAt: '' }, 201);

afterEach(() => jest.useRealTimers());

test('an order that was not answered is sent again with the same key and body, and the page is told why it takes so long', async () => {
  const { client, sent, retries } = answering(
    new TypeError('fetch failed'),
    problem(503, 'OUTCOME_UNKNOWN', soon),
    problem(409, 'IDEMPOTENCY_KEY_IN_PROGRESS', soon),
    problem(429, 'RATE_LIMITED', soon),
    placed.clone(),
  );
  expect(await client.orders.place(order)).toMatchObject({ ok: true, value: { orderId: 'o1' } });
  expect(sent).toHaveLength(5);
  expect(retries.map(({ reason }) => reason)).toEqual(['NO_ANSWER', 'UNAVAILABLE', 'IN_PROGRESS', 'RATE_LIMITED']);
  const [first] = sent;
  expect(first?.key).toMatch(/^[0-9a-f]{32}$/);
  expect(new Set(sent.map((each) => JSON.stringify(each))).size).toBe(1);
});

test('an order whose answer broke off is sent again with the same key', async () => {
  const broken = new ReadableStream({
    start: (controller) => controller.enqueue(new TextEncoder().encode('{"orderId"')),
    pull: (controller) => controller.error(new TypeError('terminated')),
  });
  const { client, sent, retries } = answering(
    new Response(broken, { status: 201, headers: { 'content-type': 'application/json; charset=utf-8' } }),
    placed.clone(),
  );
  expect(await client.orders.place(order)).toMatchObject({ ok: true, value: { orderId: 'o1' }, status: 201 });
  expect(retries.map(({ reason }) => reason)).toEqual(['NO_ANSWER']);
  expect(new Set(sent.map(({ key }) => key)).size).toBe(1);
});

test('a call whose token ran out on the way is made again with the next one, where there is another', async () => {
  const shownBy = async (...tokens: ReadonlyArray<string>): Promise<ReadonlyArray<string | null>> => {
    const shown: Array<string | null> = [];
    const [left, fetch]: [string[], Fetch] = [
      [...tokens],
      async (_, { headers }) => {
        shown.push(headers.get('authorization'));
        return shown.at(-1) === 'Bearer good' ? placed.clone() : problem(401, 'UNAUTHENTICATED', runOut);
      },
    ];
    const token = () => (left.length > 1 ? left.shift() : left[0]);
    await createClient({ url: 'http://sale.example', token, fetch }).orders.place(order);
    return shown;
  };
  expect(await shownBy('old', 'good')).toEqual(['Bearer old', 'Bearer good']);
  expect(await shownBy('old')).toEqual(['Bearer old']);
  expect(await shownBy('old', 'older', 'oldest')).toHaveLength(2);
});

test('who waits in line keeps the place while their device gives an old token for a moment longer', async () => {
  const tokens = ['old', 'old', 'old'];
  const fetch: Fetch = async (_, { headers }) =>
    headers.get('authorization') === 'Bearer good'
      ? json({ tokenId: 't', status: 'ACTIVE', pass: 'p' })
      : problem(401, 'UNAUTHENTICATED', runOut);
  const renewing = createClient({ url: 'http://sale.example', token: () => tokens.pop() ?? 'good', fetch });
  expect(await renewing.waitingRoom.admitted({ tokenId: 't' })).toMatchObject({ ok: true, value: { pass: 'p' } });
  const unable = createClient({ url: 'http://sale.example', token: 'old', fetch });
  const refused = { ok: false, problem: { code: 'UNAUTHENTICATED' } };
  expect(await unable.waitingRoom.admitted({ tokenId: 't' })).toMatchObject(refused);
});

test('two orders have two keys; the key of the caller is kept', async () => {
  const { client, sent } = answering(placed.clone(), placed.clone(), placed.clone());
  await client.orders.place(order);
  await client.orders.place(order);
  await client.orders.place(order, { idempotencyKey: 'mine' });
  expect(new Set(sent.map(({ key }) => key)).size).toBe(3);
  expect(sent[2]?.key).toBe('mine');
});

test('a coupon is asked for again with the same request id, and without a key', async () => {
  const accepted = json(
    { requestId: 'r', couponId: 'c', userId: 'ana', status: 'PENDING', message: '', receipt: '' },
    202,
  );
  const { client, sent } = answering(new TypeError('fetch failed'), accepted);
  expect(await client.requestCoupon({ couponId: 'c', userId: 'ana' })).toMatchObject({ ok: true });
  expect(sent.map(({ key }) => key)).toEqual([null, null]);
  expect(sent[0]?.body).toMatch(/"requestId":"[0-9a-f]{32}"/);
  expect(sent[1]?.body).toBe(sent[0]?.body);
});

test.each([
  [400, 'INVALID_REQUEST', {}],
  [403, 'FORBIDDEN', {}],
  [409, 'SOLD_OUT', {}],
  [409, 'INSUFFICIENT_STOCK', soon],
  [500, 'INTERNAL', {}],
  [503, 'UNAVAILABLE', {}],
])('%i %s is an answer: it is not asked again', async (status, code, headers) => {
  const { client, sent } = answering(problem(status, code, headers));
  expect(await client.orders.place(order)).toMatchObject({ ok: false, problem: { code } });
  expect(sent).toHaveLength(1);
});

test('a change without a key is sent again only where nothing was done', async () => {
  const change = { params: { path: { couponId: 'c' } }, body: { name: 'New' } };
  const limited = answering(problem(429, 'RATE_LIMITED', soon), json({}));
  expect((await limited.client.api.PATCH('/api/coupons/{couponId}', change)).response.status).toBe(200);
  const unknown = answering(problem(503, 'OUTCOME_UNKNOWN', soon));
  expect((await unknown.client.api.PATCH('/api/coupons/{couponId}', change)).response.status).toBe(503);
  const lost = answering(new TypeError('fetch failed'));
  await expect(lost.client.api.PATCH('/api/coupons/{couponId}', change)).rejects.toThrow('fetch failed');
});

test('a server that asks for more patience than there is has had its last word', async () => {
  const { client, sent } = answering(problem(503, 'OVERLOADED', { 'retry-after': '3600' }));
  expect(await client.coupons.get('c')).toMatchObject({ ok: false, problem: { code: 'OVERLOADED' } });
  expect(sent).toHaveLength(1);
});

test('where nobody answers it says so, and throws nothing', async () => {
  const fetch = () => Promise.reject(new TypeError('fetch failed'));
  const client = createClient({ url: 'http://sale.example', fetch, retryForMs: 0 });
  const unreachable = { code: 'UNREACHABLE', status: 0, detail: 'fetch failed' };
  expect(await client.coupons.get('c')).toEqual({ ok: false, problem: unreachable });
  expect(await client.waitingRoom.leave('t')).toEqual({ ok: false, problem: unreachable });
});

const badGateway = () => new Response('<html>Bad gateway</html>', { status: 502, statusText: 'Bad Gateway' });

test('a proxy that reaches nobody, and a server that did not get all of a call, are asked again, where that is safe', async () => {
  const late = problem(408, 'REQUEST_TIMEOUT');
  const order502 = answering(badGateway(), new Response(null, { status: 504 }), late, placed.clone());
  expect(await order502.client.orders.place(order)).toMatchObject({ ok: true, value: { orderId: 'o1' } });
  expect(new Set(order502.sent.map(({ key }) => key)).size).toBe(1);
  const change = { params: { path: { couponId: 'c' } }, body: { name: 'New' } };
  const change502 = answering(badGateway());
  expect((await change502.client.api.PATCH('/api/coupons/{couponId}', change)).response.status).toBe(502);
});

test('what is no answer of the server, such as a proxy’s page, is named so', async () => {
  const client = createClient({ url: 'http://sale.example', fetch: async () => badGateway(), retryForMs: 0 });
  const problem502 = { code: 'UNEXPECTED_ANSWER', status: 502, detail: '502 Bad Gateway' };
  expect(await client.coupons.get('c')).toEqual({ ok: false, problem: problem502 });
});

test('a challenge is a refusal for whoever solves none', async () => {
  const challenged = async () => problem(403, 'CHALLENGE_REQUIRED');
  const client = createClient({ url: 'http://sale.example', fetch: challenged, solveChallenge: null });
  expect(await client.requestCoupon({ couponId: 'c' })).toMatchObject({ problem: { code: 'CHALLENGE_REQUIRED' } });
});

test('a challenge that whoever is asked does not solve is a refusal, and is not asked again', async () => {
  let asked = 0;
  const fetch = async () => {
    asked += 1;
    return json({ status: 403, code: 'CHALLENGE_REQUIRED', challenge: { siteKey: 'k' } }, 403);
  };
  const solveChallenge = () => Promise.reject(new Error('The visitor has closed it'));
  const client = createClient({ url: 'http://sale.example', fetch, solveChallenge, retryForMs: 3_000 });
  expect(await client.requestCoupon({ couponId: 'c' })).toMatchObject({ problem: { code: 'CHALLENGE_REQUIRED' } });
  expect(asked).toBe(1);
});

test('one try takes no longer than it may; without a limit it takes as long as it takes', async () => {
  const signals: Array<AbortSignal | undefined> = [];
  const fetch: Fetch = async (_, { signal }) => {
    signals.push(signal);
    return json({});
  };
  const { signal } = new AbortController();
  const ask = (timeoutMs: number) =>
    createClient({ url: 'http://sale.example', fetch, timeoutMs }).coupons.result(request, { signal });
  const request = { requestId: 'r', couponId: 'c' };
  await ask(0);
  await ask(1_000);
  expect(signals[0]).toBe(signal);
  expect(signals[1]).toBeInstanceOf(AbortSignal);
  expect(signals[1]).not.toBe(signal);
});

test('whoever gives up waits no longer', async () => {
  const { client } = answering(problem(503, 'OVERLOADED', { 'retry-after': '10' }));
  const leaving = new AbortController();
  const asked = client.requestCoupon({ couponId: 'c', signal: leaving.signal });
  leaving.abort(new Error('They left'));
  await expect(asked).rejects.toThrow('They left');
});

test('the credential is asked for before each try, so that it may be renewed', async () => {
  const seen: Array<string | null> = [];
  const answers = [problem(503, 'UNAVAILABLE', soon), json({})];
  const fetch: Fetch = async (_, { headers }) => {
    seen.push(headers.get('authorization'));
    return answers.shift() ?? problem(500, 'INTERNAL');
  };
  let turn = 0;
  const client = createClient({ url: 'http://sale.example', fetch, token: async () => `token-${(turn += 1)}` });
  await client.coupons.get('c');
  expect(seen).toEqual(['Bearer token-1', 'Bearer token-2']);
});

test('whoever stays in a waiting room stays while the server is away, until it says how the visit ended', async () => {
  jest.useFakeTimers();
  const away = [badGateway(), problem(503, 'UNAVAILABLE'), problem(500, 'INTERNAL'), new TypeError('fetch failed')];
  const steps: ReadonlyArray<Step> = [...away, json({ status: 'ACTIVE' }), json({ status: 'COMPLETED' })];
  const { sent, fetch } = answering(...steps);
  const client = createClient({ url: 'http://sale.example', fetch, retryForMs: 0 });
  const visit = client.waitingRoom.stay({ tokenId: 't' });
  for (const _ of steps) await jest.advanceTimersByTimeAsync(30_000);
  expect(await visit).toMatchObject({ ok: true, value: { status: 'COMPLETED' } });
  expect(sent).toHaveLength(steps.length);
});

test('whoever waits in line goes on waiting while the server is away, until they give up themselves', async () => {
  const url = 'http://sale.example/';
  const turn = json({ tokenId: 't', status: 'ACTIVE', pass: 'p' });
  const { sent, fetch } = answering(new TypeError('no connection'), problem(503, 'UNAVAILABLE'), turn);
  const { waitingRoom } = createClient({ url, fetch, retryForMs: 0 });
  expect(await waitingRoom.admitted({ tokenId: 't' })).toMatchObject({ ok: true, value: { pass: 'p' } });
  expect(sent).toHaveLength(3);

  const patience = new AbortController();
  let tries = 0;
  const away = async (): Promise<Response> => {
    if ((tries += 1) === 2) patience.abort();
    throw new TypeError('no connection');
  };
  const impatient = createClient({ url, fetch: away, retryForMs: 0 });
  await expect(impatient.waitingRoom.admitted({ tokenId: 't' }, { signal: patience.signal })).rejects.toThrow('abort');
});
