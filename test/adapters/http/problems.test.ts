import { taskEither as TE } from 'fp-ts';
import { type AllUseCases } from '../../../src/adapters/http/route-table.js';
import { allFaults } from '../../../src/adapters/http/faults.js';
import { messages } from '../../../src/adapters/http/messages.js';
import { type HttpServerOptions } from '../../../src/adapters/http/options.js';
import { reasons } from '../../../src/adapters/http/routes/issue-status.js';
import { problemCodes, type ProblemCode, statusOf } from '../../../src/adapters/http/problems.js';
import { fakeUseCases } from './fake-use-cases.js';
import { sendRaw } from './raw.js';
import { closeServers, serve, type Served } from './with-server.js';
import { recognized } from '../../support/recognized.js';

afterEach(closeServers);

type Call = (served: Served) => Promise<{ readonly status: number; readonly text: () => Promise<string> }>;
type Provocation = readonly [useCases: Partial<AllUseCases>, call: Call, options?: Partial<HttpServerOptions>];

const get =
  (path: string): Call =>
  ({ call }) =>
    call(path);
const post =
  (path: string, body?: object, headers?: Record<string, string>): Call =>
  (served) =>
    served.post(path, body, headers);
const raw =
  (bytes: string): Call =>
  async ({ port }) => {
    const { status, body } = await sendRaw(port, bytes);
    return { status, text: async () => body };
  };
const failsBadly = (): never => {
  throw new Error('A fault of ours');
};

const asks = post('/api/coupons/spring/issue', { userId: 'ana' });
const orders = post('/api/orders', {
  userId: 'ana',
  lines: [{ productId: 'ticket', quantity: 1 }],
  shipping: { recipient: 'Ana' },
});
const prepares = post('/api/payments/prepare', { orderId: 'o', userId: 'ana', amount: 1 });
const approves = post('/api/payments/p/approve', { gatewayPaymentId: 'g' });
const replays = post('/admin/dead-letters/letter-1/replay');
const creates = { name: 'x', quantity: 1, discount: { kind: 'PERCENT', value: 1 } };

const refusing =
  <A>(left: A) =>
  () =>
    TE.left(left);

const whileTheFirstRuns = (): Provocation => {
  let begun = (): void => undefined;
  const running = new Promise<void>((resolve) => (begun = resolve));
  const requestCoupon = () => {
    begun();
    return TE.fromTask(() => new Promise<never>(() => undefined));
  };
  const call: Call = async ({ url, post: again }) => {
    const headers = { 'idempotency-key': 'key' };
    const init = {
      method: 'POST',
      headers: { ...headers, 'content-type': 'application/json' },
      body: '{"userId":"ana"}',
    };
    const path = '/api/coupons/spring/issue';
    // It ends with the server.
    fetch(url + path, init).catch(() => undefined);
    await running;
    return again(path, { userId: 'ana' }, headers);
  };
  return [{ requestCoupon }, call];
};

const exhausted = async () => ({ isWithin: false, remaining: 0, resetMs: 1_000 });

/**
 * How each code is come by over HTTP. Whoever adds a code adds here the call that is answered with it; the compiler asks
 * for it. That its operation documents it is seen to by the check of every exchange.
 */
const provocations: Readonly<Record<ProblemCode, Provocation>> = {
  INVALID_REQUEST: [{}, post('/api/coupons', {})],
  UNAUTHENTICATED: [{}, get('/admin/projections'), { adminToken: 'a-token-of-operators' }],
  FORBIDDEN: [
    {},
    async ({ call }) => call('/admin/projections', { headers: { authorization: 'Bearer any' } }),
    { identify: () => TE.right(recognized({ kind: 'user', userId: 'ana' })) },
  ],
  NOT_YOU: [
    {},
    async ({ post: send }) => send('/api/coupons/x/issue', { userId: 'ben' }, { authorization: 'Bearer any' }),
    { identify: () => TE.right(recognized({ kind: 'user', userId: 'ana' })) },
  ],
  LOCAL_ONLY: [{}, async ({ call }) => call('/api/coupons/x', { headers: { 'x-forwarded-for': '192.0.2.1' } })],
  NOT_FOUND: [{}, get('/nowhere')],
  COUPON_NOT_FOUND: [{ couponById: refusing({ code: 'COUPON_NOT_FOUND' }) }, get('/api/coupons/x')],
  REQUEST_NOT_FOUND: [{ issueStatus: refusing({ code: 'REQUEST_NOT_FOUND' }) }, get('/api/coupons/issue-status/x')],
  PROJECTION_NOT_FOUND: [{ projectionStatus: refusing({ code: 'PROJECTION_NOT_FOUND' }) }, get('/admin/projections/x')],
  DEAD_LETTER_NOT_FOUND: [
    { showDeadLetter: refusing({ code: 'DEAD_LETTER_NOT_FOUND' }) },
    get('/admin/dead-letters/x'),
  ],
  PRODUCT_NOT_FOUND: [{ productById: refusing({ code: 'PRODUCT_NOT_FOUND' }) }, get('/api/products/x')],
  ORDER_NOT_FOUND: [{ orderById: refusing({ code: 'ORDER_NOT_FOUND' }) }, get('/api/orders/x')],
  PAYMENT_NOT_FOUND: [{ approvePayment: refusing({ code: 'PAYMENT_NOT_FOUND' }) }, approves],
  PRODUCT_EXISTS: [
    { createProduct: refusing({ code: 'PRODUCT_EXISTS' }) },
    post('/api/products', { name: 'x', price: 1, stock: 1 }),
  ],
  ORDER_EXISTS: [{ createOrder: refusing({ code: 'ORDER_EXISTS' }) }, orders],
  REQUEST_ID_REUSED: [{ createOrder: refusing({ code: 'REQUEST_ID_REUSED' }) }, orders],
  REQUEST_ID_AMBIGUOUS: [
    { issueStatus: refusing({ code: 'REQUEST_ID_AMBIGUOUS' }) },
    get('/api/coupons/issue-status/x'),
  ],
  SALE_NOT_OPEN: [{ createOrder: refusing({ code: 'SALE_NOT_OPEN', productId: 'ticket' }) }, orders],
  INSUFFICIENT_STOCK: [
    { createOrder: refusing({ code: 'INSUFFICIENT_STOCK', lines: [{ productId: 'ticket', available: 0 }] }) },
    orders,
  ],
  PURCHASE_LIMIT: [
    {
      createOrder: refusing({
        code: 'PURCHASE_LIMIT',
        productId: 'ticket',
        reached: { reason: 'PAUSE_AFTER_EXPIRY', limit: 60, bought: 1, held: 0, until: 1_000 },
      }),
    },
    orders,
  ],
  COUPON_NOT_USABLE: [
    { createOrder: refusing({ code: 'COUPON_NOT_USABLE', couponId: 'spring', reason: 'USED', orderId: 'o' }) },
    orders,
  ],
  INSUFFICIENT_POINTS: [{ createOrder: refusing({ code: 'INSUFFICIENT_POINTS' }) }, orders],
  INVALID_ORDER_STATE: [{ cancelOrder: refusing({ code: 'INVALID_ORDER_STATE' }) }, post('/api/orders/o/cancel')],
  NOT_PAYABLE: [{ preparePayment: refusing({ code: 'NOT_PAYABLE', orderStatus: 'EXPIRED' }) }, prepares],
  NOT_ORDERER: [{ preparePayment: refusing({ code: 'NOT_ORDERER' }) }, prepares],
  GATEWAY_PAYMENT_USED: [{ approvePayment: refusing({ code: 'GATEWAY_PAYMENT_USED' }) }, approves],
  PAYMENT_DECLINED: [{ approvePayment: refusing({ code: 'PAYMENT_DECLINED' }) }, approves],
  AMOUNT_MISMATCH: [{ preparePayment: refusing({ code: 'AMOUNT_MISMATCH', total: 2 }) }, prepares],
  POINTS_EXCEED_TOTAL: [{ createOrder: refusing({ code: 'POINTS_EXCEED_TOTAL' }) }, orders],
  TOTAL_TOO_LARGE: [{ createOrder: refusing({ code: 'TOTAL_TOO_LARGE', most: 1 }) }, orders],
  POINTS_LIMIT_REACHED: [
    { chargePoints: refusing({ code: 'POINTS_LIMIT_REACHED' }) },
    post('/api/users/ana/points/charge', { amount: 1 }),
  ],
  STOCK_LIMIT_REACHED: [
    { receiveStock: refusing({ code: 'STOCK_LIMIT_REACHED' }) },
    post('/api/products/ticket/stock', { quantity: 1 }),
  ],
  UNPROCESSABLE: [{ createOrder: refusing({ code: 'UNPROCESSABLE' }) }, orders],
  USER_NOT_FOUND: [
    { eraseUser: refusing({ code: 'USER_NOT_FOUND' }) },
    ({ call }: Served) => call('/admin/users/ana/personal-data', { method: 'DELETE' }),
  ],
  SAGA_NOT_FOUND: [{ replaySaga: refusing({ code: 'SAGA_NOT_FOUND' }) }, post('/admin/sagas/o/replay')],
  STREAM_NOT_PARKED: [
    { releaseStreams: refusing({ code: 'STREAM_NOT_PARKED' }) },
    post('/admin/parked-streams/release', { consumer: 'relay', streamId: 'coupon-c' }),
  ],
  WEBHOOK_NOT_FOUND: [{ showWebhook: refusing({ code: 'WEBHOOK_NOT_FOUND' }) }, get('/admin/webhooks/x')],
  TOO_MANY_WEBHOOKS: [
    { createWebhook: refusing({ code: 'TOO_MANY_WEBHOOKS' }) },
    post('/admin/webhooks', { url: 'https://shop.example' }),
  ],
  KEYS_SECRET_MISSING: [{ testWebhook: refusing({ code: 'KEYS_SECRET_MISSING' }) }, post('/admin/webhooks/x/test')],
  METHOD_NOT_ALLOWED: [{}, get('/api/coupons')],
  REQUEST_TIMEOUT: [
    {},
    raw('POST /api/coupons HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nContent-Length: 2\r\n\r\n'),
    { limits: { headersTimeoutMs: 50, requestTimeoutMs: 50, sweepEveryMs: 20 } },
  ],
  WAITING_REQUIRED: [{ requestCoupon: refusing({ code: 'WAITING_REQUIRED', scheduleId: 'gala' }) }, asks],
  SCHEDULE_NOT_FOUND: [
    { joinQueue: refusing({ code: 'SCHEDULE_NOT_FOUND' }) },
    post('/api/v1/waiting-token', { scheduleId: 'gala', userId: 'ana' }),
  ],
  TOKEN_NOT_FOUND: [{ tokenById: refusing({ code: 'TOKEN_NOT_FOUND' }) }, get('/api/v1/waiting-token/x')],
  EVENT_NOT_FOUND: [{ eventById: refusing({ code: 'EVENT_NOT_FOUND' }) }, get('/api/events/x')],
  EVENT_EXISTS: [
    { scheduleEvent: refusing({ code: 'EVENT_EXISTS' }) },
    post('/api/events', { name: 'x', opensAt: '2026-01-01T00:00:00Z' }),
  ],
  INVALID_EVENT_STATE: [{ closeEvent: refusing({ code: 'INVALID_EVENT_STATE' }) }, post('/api/events/x/close')],
  COUPON_EXISTS: [{ createCoupon: refusing({ code: 'COUPON_EXISTS' }) }, post('/api/coupons', creates)],
  SOLD_OUT: [{ requestCoupon: refusing({ code: 'SOLD_OUT' }) }, asks],
  ALREADY_REQUESTED: [{ requestCoupon: refusing({ code: 'ALREADY_REQUESTED', requestId: 'r' }) }, asks],
  NOT_OPEN: [{ requestCoupon: refusing({ code: 'NOT_OPEN', opensAt: 0 }) }, asks],
  CLOSED: [{ requestCoupon: refusing({ code: 'CLOSED' }) }, asks],
  PAUSED: [{ requestCoupon: refusing({ code: 'PAUSED' }) }, asks],
  QUANTITY_BELOW_ISSUED: [
    { changeQuantity: refusing({ code: 'QUANTITY_BELOW_ISSUED' }) },
    post('/api/coupons/x/quantity', { quantity: 1 }),
  ],
  PROJECTION_BUSY: [{ verifyProjection: refusing({ code: 'PROJECTION_BUSY' }) }, get('/admin/projections/x/verify')],
  ALREADY_REPLAYED: [{ replayDeadLetter: refusing({ code: 'ALREADY_REPLAYED' }) }, replays],
  ALREADY_DISCARDED: [{ replayDeadLetter: refusing({ code: 'ALREADY_DISCARDED' }) }, replays],
  NOT_REPLAYABLE: [{ replayDeadLetter: refusing({ code: 'NOT_REPLAYABLE' }) }, replays],
  ORIGINAL_GONE: [{ replayDeadLetter: refusing({ code: 'ORIGINAL_GONE' }) }, replays],
  IDEMPOTENCY_KEY_IN_PROGRESS: whileTheFirstRuns(),
  CHALLENGE_REQUIRED: [
    { challengeOfProducts: async () => ({ what: 'product/ticket', policy: 'ALWAYS' }) },
    orders,
    {
      challenges: { ask: async () => ({ parameters: {} }), isSolved: () => TE.right(false) },
      askedLately: { quota: { requests: 9, seconds: 9 }, spend: exhausted },
    },
  ],
  ANSWER_NOT_KEPT: [
    {
      createCoupon: ({ correlationId: _, ...coupon }) =>
        fakeUseCases.createCoupon({ ...coupon, name: 'x'.repeat(5_000), correlationId: 'c' }),
    },
    async (served) => {
      const headers = { 'idempotency-key': 'key' };
      await served.post('/api/coupons', creates, headers);
      return served.post('/api/coupons', creates, headers);
    },
  ],
  RATE_LIMITED: [
    {},
    get('/api/coupons/x'),
    { rateLimits: { user: null, address: { quota: { requests: 1, seconds: 60 }, spend: exhausted } } },
  ],
  PAYLOAD_TOO_LARGE: [{}, post('/api/coupons', { name: 'x'.repeat(70_000) })],
  UNSUPPORTED_MEDIA_TYPE: [{}, post('/api/coupons', {}, { 'content-type': 'text/plain' })],
  EXPECTATION_FAILED: [{}, raw('GET / HTTP/1.1\r\nHost: localhost\r\nExpect: miracles\r\n\r\n')],
  IDEMPOTENCY_KEY_REUSED: [
    {},
    async (served) => {
      const headers = { 'idempotency-key': 'key' };
      await served.post('/api/coupons', creates, headers);
      return served.post('/api/coupons', { ...creates, name: 'y' }, headers);
    },
  ],
  HEADERS_TOO_LARGE: [{}, raw(`GET / HTTP/1.1\r\nHost: localhost\r\nX: ${'a'.repeat(40_000)}\r\n\r\n`)],
  INTERNAL: [{ couponById: failsBadly }, get('/api/coupons/x')],
  OVERLOADED: [{ requestCoupon: refusing({ code: 'OVERLOADED' }) }, asks],
  UNAVAILABLE: [{ requestCoupon: refusing({ code: 'UNAVAILABLE' }) }, asks],
  OUTCOME_UNKNOWN: [{ requestCoupon: refusing({ code: 'OUTCOME_UNKNOWN', requestId: 'r' }) }, asks],
  NOT_READY: [{}, get('/health/ready'), { health: async () => ({ log: 'down' }) }],
};

test.each(problemCodes)('%s is what its call is answered with', async (code) => {
  const [useCases, call, options] = provocations[code];
  const answer = await call(await serve(useCases, options));
  const status = statusOf(code);
  expect([answer.status, JSON.parse(await answer.text())]).toMatchObject([status, { code, status }]);
});

const HANGUL = /[가-힣]/;

test.each(problemCodes)('%s is told in both languages, and stands on the page for people', async (code) => {
  const { call } = await serve();
  const page = await (await call('/docs')).text();
  for (const words of messages.en.problems[code]) expect(words).not.toMatch(HANGUL);
  for (const words of messages.ko.problems[code]) {
    expect(words).toMatch(HANGUL);
    expect(page).toContain(words);
  }
  expect(page).toContain(`id="${code}"`);
});

test('every other text of ours is there in both languages', () => {
  const inKorean = [
    ...Object.values(messages.ko.notices),
    ...Object.values(reasons.ko),
    ...Object.values(allFaults).map(({ ko }) => ko),
  ];
  for (const words of inKorean) expect(words).toMatch(HANGUL);
  const inEnglish = [
    ...Object.values(messages.en.notices),
    ...Object.values(reasons.en),
    ...Object.values(allFaults).map(({ en }) => en),
  ];
  for (const words of inEnglish) expect(words).not.toMatch(HANGUL);
});
