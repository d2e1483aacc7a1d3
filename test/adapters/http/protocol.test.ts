import { closeServers, serve } from './with-server.js';
import { sendRaw } from './raw.js';

afterEach(closeServers);

const problemIn = async (answer: Response): Promise<unknown> => {
  expect(answer.headers.get('content-type')).toMatch('application/problem+json');
  expect(answer.headers.get('x-request-id')).toMatch(/^[A-Za-z0-9_-]{1,64}$/);
  return answer.json();
};

describe('the id of a request', () => {
  test('is the one the client gave', async () => {
    const { call } = await serve();
    const answer = await call('/health/live', { headers: { 'x-request-id': 'Mine_1-2' } });
    expect(answer.headers.get('x-request-id')).toBe('Mine_1-2');
  });

  test.each(['has space', 'x'.repeat(65), 'a.b', '<script>'])(
    'is a fresh one where the client gave %j',
    async (given) => {
      const { call } = await serve();
      const answers = await Promise.all([1, 2].map(() => call('/nowhere', { headers: { 'x-request-id': given } })));
      const ids = answers.map(({ headers }) => headers.get('x-request-id'));
      expect(new Set(ids).size).toBe(2);
      expect(ids).not.toContain(given);
    },
  );

  test('is what the request is correlated by', async () => {
    const seen: string[] = [];
    const { post } = await serve({
      requestCoupon: ({ correlationId }) => {
        seen.push(correlationId);
        throw new Error('far enough');
      },
    });
    await post('/api/coupons/spring/issue', { userId: 'ana' }, { 'x-request-id': 'mine' });
    expect(seen).toEqual(['mine']);
  });
});

test.each(['/api/nothing/here', '//', '/api/coupons/spring/', '/metrics/'])(
  'where nothing is, as at %s, 404, which nobody keeps for those who ask later or in another language',
  async (path) => {
    const { call } = await serve();
    const answer = await call(path);
    expect([answer.status, answer.headers.get('cache-control')]).toEqual([404, 'no-store']);
    expect(await problemIn(answer)).toMatchObject({ code: 'NOT_FOUND', status: 404 });
  },
);

test.each([
  ['PUT', '/api/coupons/spring/issue', 'POST'],
  ['DELETE', '/api/coupons/spring', 'HEAD, GET, PATCH'],
  ['GET', '/api/coupons', 'POST'],
  ['PROPFIND', '/api/coupons/issue-status/1', 'HEAD, GET'],
])('%s %s: 405 with what is allowed', async (method, path, allowed) => {
  const { call } = await serve();
  const answer = await call(path, { method });
  expect(answer.status).toBe(405);
  expect(answer.headers.get('allow')).toBe(`${allowed}, OPTIONS`);
  expect(await problemIn(answer)).toMatchObject({ code: 'METHOD_NOT_ALLOWED' });
});

test('OPTIONS tells what is allowed, HEAD what GET would', async () => {
  const { call } = await serve();
  const options = await call('/api/coupons/spring', { method: 'OPTIONS' });
  expect([options.status, options.headers.get('allow')]).toEqual([204, 'HEAD, GET, PATCH, OPTIONS']);
  const head = await call('/api/coupons/spring', { method: 'HEAD' });
  expect([head.status, await head.text()]).toEqual([200, '']);
  expect(Number(head.headers.get('content-length'))).toBeGreaterThan(10);
  const stream = await call('/api/sse/subscribe/ana', { method: 'HEAD' });
  expect([stream.status, stream.headers.get('content-length')]).toEqual([200, null]);
});

describe('an unexpected exception', () => {
  const bug = (): never => {
    throw new Error('secret of the inside');
  };

  test('is a 500 that tells nothing, logged with the id of the request', async () => {
    const { call, errors } = await serve({ couponById: bug });
    const answer = await call('/api/coupons/spring', { headers: { 'x-request-id': 'mine' } });
    expect(answer.status).toBe(500);
    expect(answer.headers.get('x-request-id')).toBe('mine');
    const text = await answer.text();
    expect(text).toContain('"code":"INTERNAL"');
    expect(text).not.toContain('secret');
    expect(errors).toEqual([[expect.objectContaining({ requestId: 'mine' }), expect.any(String)]]);
  });

  test('hurts nobody else', async () => {
    const { call } = await serve({ couponById: bug });
    await call('/api/coupons/spring');
    expect((await call('/health/live')).status).toBe(200);
  });
});

describe('the words follow Accept-Language', () => {
  test.each([
    ['ko', 'ko'],
    ['ko-KR,ko;q=0.9,en;q=0.8', 'ko'],
    ['en;q=0.2, ko;q=0.7', 'ko'],
    ['fr, ko;q=0.1', 'ko'],
    ['en, ko', 'en'],
    ['ko;q=0', 'en'],
    ['en;q=0, *', 'ko'],
    ['ko, en', 'ko'],
    ['*', 'en'],
    ['KO-kr;Q=0.5', 'ko'],
    ['ko;q=0.5,*;q=0.9', 'en'],
    ['ko;q=banana', 'en'],
    [',;;,q=1', 'en'],
    ['fr', 'en'],
  ])('%s', async (accepted, language) => {
    const { call } = await serve();
    const answer = await call('/api/coupons/issue-status/mine', { headers: { 'accept-language': accepted } });
    const { message } = JSON.parse(await answer.text());
    expect(message).toBe(language === 'ko' ? '쿠폰이 발급되었습니다.' : 'The coupon is yours.');
  });

  test('in problems, down to the single field', async () => {
    const { post } = await serve();
    const answer = await post('/api/coupons/spring/issue', {}, { 'accept-language': 'ko' });
    expect(await problemIn(answer)).toMatchObject({
      title: '잘못된 요청',
      errors: [{ path: 'userId', message: expect.stringMatching(/[가-힣]/) }],
    });
  });
});

test('a request that is refused for what it expects is told its id', async () => {
  const { port } = await serve();
  const answer = await sendRaw(
    port,
    'GET / HTTP/1.1\r\nHost: localhost\r\nX-Request-Id: mine\r\nExpect: miracles\r\n\r\n',
  );
  expect([answer.status, answer.headers.get('x-request-id')]).toEqual([417, 'mine']);
});

describe('what is no proper HTTP still gets a code', () => {
  test.each([
    ['nonsense', 'nonsense\r\n\r\n', 400, 'INVALID_REQUEST'],
    ['a header with NUL', 'GET / HTTP/1.1\r\nHost: localhost\r\nX: a\0b\r\n\r\n', 400, 'INVALID_REQUEST'],
    ['huge headers', `GET / HTTP/1.1\r\nHost: localhost\r\nX: ${'a'.repeat(40_000)}\r\n\r\n`, 431, 'HEADERS_TOO_LARGE'],
    [
      'a strange expectation',
      'GET / HTTP/1.1\r\nHost: localhost\r\nExpect: miracles\r\n\r\n',
      417,
      'EXPECTATION_FAILED',
    ],
    [
      'two lengths',
      'POST /api/coupons HTTP/1.1\r\nHost: localhost\r\nContent-Length: 2\r\nTransfer-Encoding: chunked\r\n\r\n{}',
      400,
      'INVALID_REQUEST',
    ],
    [
      'a broken chunk',
      'POST /api/coupons HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n',
      400,
      'INVALID_REQUEST',
    ],
    ['no host', 'GET /health/live HTTP/1.1\r\n\r\n', 400, 'INVALID_REQUEST'],
    ['a wish for a tunnel', 'CONNECT shop.example:443 HTTP/1.1\r\nHost: shop.example:443\r\n\r\n', 404, 'NOT_FOUND'],
  ])('%s', async (_, bytes, status, code) => {
    const { port } = await serve();
    const answer = await sendRaw(port, bytes);
    expect(answer.status).toBe(status);
    expect(JSON.parse(answer.body)).toMatchObject({ code });
    expect(answer.headers.get('x-request-id')).toBeDefined();
  });

  test.each(['http://user:p@ss:99999999/health/live', 'http://[::bad/health/live', 'HTTP://x/health/live'])(
    'an absolute target is read without its authority: %s',
    async (target) => {
      const { port } = await serve();
      const answer = await sendRaw(port, `GET ${target} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n`);
      expect(answer.status).toBe(200);
    },
  );
});
