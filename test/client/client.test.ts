import { answerOf, createClient, type Client, type Notice } from '../../packages/client/src/index.js';
import { type RunningServer } from '../../src/infrastructure/start-server.js';
import { authenticating, keyOf, tokenOf } from '../end-to-end/access.suite.js';
import { checkedFetch } from '../support/contract/checked-fetch.js';
import { eventually } from '../support/eventually.js';
import { startInProcess } from '../support/server/in-process-server.js';
import { tempDirs } from '../support/temp-dir.js';
import { tunnelTo } from '../support/tunnel.js';

const newDir = tempDirs();
const discount = { kind: 'AMOUNT', value: 100 } as const;
const shipping = { recipient: 'Ana', address: 'Quay 2' };
let server: RunningServer;
let operator: Client;
let shop: Client;
let ana: Client;
/** Ana as well, by a token that has run out, and then by a good one. */
let late: Client;
/** Ana as well, where challenges cannot be solved. */
let unable: Client;

beforeAll(async () => {
  const directory = newDir();
  const client = (token: string) => createClient({ url: server.url, token, fetch: checkedFetch });
  const [kim, store] = [keyOf(directory, 'kim', 'operator'), keyOf(directory, 'shop', 'service')];
  const mine = await tokenOf(directory, 'ana');
  server = await startInProcess(directory, authenticating(directory));
  const tokens = [await tokenOf(directory, 'ana', { ttlSeconds: -60 })];
  late = createClient({ url: server.url, token: () => tokens.pop() ?? mine, fetch: checkedFetch });
  [operator, shop, ana] = [client(kim), client(store), client(mine)];
  unable = createClient({ url: server.url, token: mine, fetch: checkedFetch, solveChallenge: async () => null });
});
afterAll(() => server.stop());

const newCoupon = async (couponId: string, terms: object = {}): Promise<void> => {
  const body = { couponId, name: couponId, quantity: 1, discount, ...terms };
  expect((await operator.api.POST('/api/coupons', { body })).response.status).toBe(201);
};
const newProduct = async (productId: string): Promise<void> => {
  const body = { productId, name: productId, price: 500, stock: 2 };
  expect((await operator.api.POST('/api/products', { body })).response.status).toBe(201);
};

test('a user asks for a coupon and waits for the outcome; the next one is refused by name', async () => {
  await newCoupon('one');
  const asked = await ana.requestCoupon({ couponId: 'one' });
  if (!asked.ok) throw new Error(asked.problem.code);
  expect(await asked.value.result()).toMatchObject({ ok: true, value: { status: 'SUCCESS', place: 1, userId: 'ana' } });
  expect(await shop.requestCoupon({ couponId: 'one', userId: 'ben' })).toMatchObject({
    ok: false,
    problem: { code: 'SOLD_OUT', status: 409 },
  });
  expect(await ana.coupons.get('one')).toMatchObject({ ok: true, value: { issued: 1, status: 'SOLD_OUT' } });
  expect(await ana.coupons.ofUser('ana')).toMatchObject({ ok: true, value: { items: [{ couponId: 'one' }] } });
});

test('a call that has nothing to say needs no body', async () => {
  await newCoupon('paused');
  const params = { path: { couponId: 'paused' } };
  expect((await operator.api.POST('/api/coupons/{couponId}/pause', { params })).response.status).toBe(200);
});

test('the outcome is found again by its request, and the same request is made once', async () => {
  await newCoupon('again', { quantity: 5 });
  const request = { couponId: 'again', userId: 'cid', requestId: 'r1' };
  const [first, second] = [await shop.requestCoupon(request), await shop.requestCoupon(request)];
  const accepted = { ok: true, value: { requestId: 'r1', status: 'PENDING' } };
  expect([first, second]).toMatchObject([accepted, accepted]);
  expect(await shop.coupons.result(request)).toMatchObject({ ok: true, value: { status: 'SUCCESS', place: 1 } });
  expect(await shop.coupons.get('again')).toMatchObject({ ok: true, value: { issued: 1 } });
  expect(await shop.coupons.result({ ...request, requestId: 'unknown' })).toMatchObject({
    ok: false,
    problem: { code: 'REQUEST_NOT_FOUND' },
  });
});

test('an operator calls by the same client: for the answer, for how far it is, and for a file', async () => {
  await newCoupon('proved');
  expect(await shop.requestCoupon({ couponId: 'proved', userId: 'eve' })).toMatchObject({ ok: true });
  const coupon = { params: { path: { couponId: 'proved' } } };
  const verified = await answerOf(operator.api.GET('/admin/coupons/{couponId}/verify', coupon));
  expect(verified.ok && verified.value.verdict).toBe('PASS');
  const headers = { accept: 'application/x-ndjson' };
  const lines = await operator.api.GET('/admin/coupons/{couponId}/verify', { ...coupon, headers, parseAs: 'stream' });
  expect(await new Response(lines.data).text()).toContain('{"result":{"verdict":"PASS"');
  const params = { query: { couponId: 'proved' } };
  await eventually(async () => {
    const file = await operator.api.GET('/admin/exports/issued-coupons', { params, parseAs: 'text' });
    expect(file.data).toContain('eve');
  });
  expect(await answerOf(ana.api.GET('/admin/coupons/{couponId}/verify', coupon))).toMatchObject({
    problem: { code: 'FORBIDDEN', status: 403 },
  });
});

test('somebody waits for their turn, is let in when another leaves, and buys with their pass', async () => {
  const schedule = { activeLimit: 1, activeTtlSeconds: 60 };
  const event = { eventId: 'gala', name: 'Gala', opensAt: new Date(0).toISOString(), scheduleId: 'gala' };
  await operator.api.PUT('/api/v1/schedules/{scheduleId}', {
    params: { path: { scheduleId: 'gala' } },
    body: schedule,
  });
  expect((await operator.api.POST('/api/events', { body: event })).response.status).toBe(201);
  await newCoupon('guarded', { eventId: 'gala' });
  expect(await ana.requestCoupon({ couponId: 'guarded' })).toMatchObject({ problem: { code: 'WAITING_REQUIRED' } });

  const ben = await shop.waitingRoom.join({ scheduleId: 'gala', userId: 'ben' });
  if (!ben.ok) throw new Error(ben.problem.code);
  expect(await ben.value.admitted()).toMatchObject({ ok: true, value: { tokenId: ben.value.tokenId } });
  const joined = await ana.waitingRoom.join({ scheduleId: 'gala' });
  if (!joined.ok) throw new Error(joined.problem.code);
  const places: Array<number | undefined> = [];
  const turn = joined.value.admitted({ onPlace: ({ position }) => places.push(position) });
  await eventually(() => expect(places).toContain(1));
  expect(await shop.waitingRoom.leave(ben.value.tokenId)).toEqual({ ok: true, value: true, status: 204 });
  const admitted = await turn;
  if (!admitted.ok) throw new Error(admitted.problem.code);
  const { pass } = admitted.value;
  await eventually(async () =>
    expect(await ana.requestCoupon({ couponId: 'guarded', pass })).toMatchObject({ ok: true }),
  );
  expect(await shop.waitingRoom.admitted(ben.value)).toMatchObject({ ok: false, problem: { code: 'EXPIRED' } });
});

test('an order is placed and paid; an unknown payment is waited for; a refusal names what is missing', async () => {
  await newProduct('ticket');
  const lines = [{ productId: 'ticket', quantity: 1 }];
  const placed = await ana.orders.place({ lines, shipping });
  if (!placed.ok) throw new Error(placed.problem.code);
  const { orderId, total } = placed.value;
  const declined = await ana.payments.pay({ orderId, amount: total, gatewayPaymentId: 'decline-1' });
  expect(declined).toMatchObject({ ok: false, problem: { code: 'PAYMENT_DECLINED', status: 402 } });
  const paid = await ana.payments.pay({ orderId, amount: total, gatewayPaymentId: 'timeout-1' });
  if (!paid.ok) throw new Error(paid.problem.code);
  expect(await ana.payments.result(paid.value.paymentId)).toMatchObject({ ok: true, value: { status: 'PAID' } });
  await eventually(async () => expect(await ana.orders.get(orderId)).toMatchObject({ value: { status: 'CONFIRMED' } }));
  const tooMany = await ana.orders.place({ lines: [{ productId: 'ticket', quantity: 2 }], shipping });
  expect(tooMany).toMatchObject({
    problem: { code: 'INSUFFICIENT_STOCK', lines: [{ productId: 'ticket', available: 1 }] },
  });
  expect(await ana.orders.cancel(orderId, 'changed their mind')).toMatchObject({ ok: true });
  expect(await ana.orders.ofUser('ana')).toMatchObject({ ok: true, value: { items: [{ orderId }] } });
  expect(await ana.orders.product('nothing')).toMatchObject({ ok: false, problem: { code: 'PRODUCT_NOT_FOUND' } });
});

test('a challenge is solved on the way', async () => {
  await newCoupon('hard', { challenge: 'ALWAYS', quantity: 5 });
  const asked = await ana.requestCoupon({ couponId: 'hard' });
  if (!asked.ok) throw new Error(asked.problem.code);
  expect(await asked.value.result()).toMatchObject({ ok: true, value: { status: 'SUCCESS' } });
  expect(await unable.requestCoupon({ couponId: 'hard' })).toMatchObject({
    problem: { code: 'CHALLENGE_REQUIRED' },
  });
});

test('notices come once and in order, by bearer or by ticket, across connections that are lost', async () => {
  const road = await tunnelTo(Number(new URL(server.url).port));
  const url = `http://127.0.0.1:${road.port}`;
  const ticket = async (): Promise<string> => {
    const got = await shop.notices.ticket('dan');
    if (!got.ok) throw new Error(got.problem.code);
    return got.value.ticket;
  };
  const ending = new AbortController();
  const heard: Notice[] = [];
  const listen = async (client: Client, given: object): Promise<void> => {
    for await (const notice of client.notices.listen({ userId: 'dan', signal: ending.signal, ...given }))
      heard.push(notice);
  };
  const byTicket = createClient({ url });
  const listening = listen(byTicket, { ticket });
  const connections = () => heard.filter(({ kind }) => kind === 'connected').length;
  const told = () => heard.flatMap((notice) => (notice.kind === 'coupon-issued' ? [notice.data.couponId] : []));
  await eventually(() => connections() === 1);
  const coupons = ['n1', 'n2', 'n3'];
  for (const [index, couponId] of coupons.entries()) {
    await newCoupon(couponId);
    if (index > 0) road.cut();
    expect(await shop.requestCoupon({ couponId, userId: 'dan' })).toMatchObject({ ok: true });
    await eventually(() => told().length === index + 1);
  }
  expect(told()).toEqual(coupons);
  expect(connections()).toBeGreaterThan(1);
  ending.abort();
  await listening;

  const ids = heard.flatMap((notice) => (notice.kind === 'coupon-issued' ? [notice.id] : []));
  const bearer = shop.notices.listen({ userId: 'dan', ...(ids[0] !== undefined && { lastEventId: ids[0] }) });
  const later: string[] = [];
  for await (const notice of bearer) {
    if (notice.kind === 'coupon-issued') later.push(notice.data.couponId);
    if (later.length === 2) break;
  }
  expect(later).toEqual(['n2', 'n3']);
  road.close();
});

test('who may not listen is told so, and is not tried again', async () => {
  const kinds: string[] = [];
  for await (const notice of ana.notices.listen({ userId: 'ben' })) kinds.push(notice.kind);
  expect(kinds).toEqual(['refused']);
});

test('who has a new token when the old one has run out goes on listening', async () => {
  const kinds: string[] = [];
  for await (const { kind } of late.notices.listen({ userId: 'ana' })) {
    kinds.push(kind);
    if (kind === 'connected') break;
  }
  expect(kinds).toEqual(['lost', 'connected']);
});
