import fc from 'fast-check';
import { type LoggedLine, closeServers, serve, type Served } from './with-server.js';
import { sendRaw } from './raw.js';
import { examples } from '../../support/examples.js';

let served: Served;
let errors: ReadonlyArray<LoggedLine>;
beforeAll(async () => {
  served = await serve();
  errors = served.errors;
});
afterEach(() => expect(errors).toEqual([]));
afterAll(closeServers);

const issue = '/api/coupons/spring/issue';
const json = { 'content-type': 'application/json' };

const expectProblem = async (answer: Response, status: number, code: string): Promise<void> => {
  expect([answer.status, await answer.json()]).toMatchObject([status, { code, status }]);
};

const send = (body: string | Uint8Array, headers: Record<string, string> = json, path = issue): Promise<Response> =>
  served.call(path, { method: 'POST', headers, body: Buffer.from(body) });

test.each([
  ['half an object', '{"userId":'],
  ['nothing but spaces', '   '],
  ['NaN', '{"userId":NaN}'],
  ['a NUL', '{"userId":"a"}\0'],
  ['a byte order mark', '\uFEFF{"userId":"ana"}'],
  ['single quotes', "{'userId':'ana'}"],
])('malformed JSON: %s', async (_, body) => {
  await expectProblem(await send(body), 400, 'INVALID_REQUEST');
});

test.each([
  ['cut off', [0xc3]],
  ['overlong', [0xc0, 0xaf]],
  ['a surrogate', [0xed, 0xa0, 0x80]],
  ['UTF-16', [0xff, 0xfe, 0x7b, 0x00]],
])('invalid UTF-8: %s', async (_, bytes) => {
  const body = Buffer.concat([Buffer.from('{"userId":"'), Buffer.from(bytes), Buffer.from('"}')]);
  await expectProblem(await send(body), 400, 'INVALID_REQUEST');
});

test.each([
  ['null', null],
  ['a list', []],
  ['a string', 'ana'],
  ['a number', 1],
  ['no user', {}],
  ['user null', { userId: null }],
  ['user a list', { userId: ['ana'] }],
  ['user an object', { userId: { $gt: '' } }],
  ['user true', { userId: true }],
  ['user a fraction', { userId: 1.5 }],
  ['user too large a number', { userId: 1e300 }],
  ['user empty', { userId: '' }],
  ['user too long', { userId: 'x'.repeat(65) }],
  ['user in hangul', { userId: '아나' }],
  ['user with a line break', { userId: 'ana\n' }],
  ['user with a NUL', { userId: 'a\0b' }],
  ['user a lone surrogate', { userId: '\ud800' }],
  ['user going up', { userId: '../../etc/passwd' }],
  ['requestId a list', { userId: 'ana', requestId: [] }],
])('wrong types: %s', async (_, body) => {
  const answer = await send(JSON.stringify(body));
  expect(answer.status).toBe(400);
  expect(await answer.json()).toMatchObject({
    code: 'INVALID_REQUEST',
    errors: expect.arrayContaining([{ path: expect.any(String), message: expect.any(String) }]),
  });
});

const good = { name: 'x', quantity: 1, discount: { kind: 'PERCENT', value: 1 } };

test.each([
  ['quantity', '"quantity":1e400'],
  ['quantity', '"quantity":9007199254740993'],
  ['quantity', '"quantity":-1'],
  ['quantity', '"quantity":0'],
  ['quantity', '"quantity":1.5'],
  ['quantity', '"quantity":"1"'],
  ['name', '"name":""'],
  ['name', '"name":"\\u0000"'],
  ['name', '"name":"\\ud800"'],
  ['name', `"name":"${'x'.repeat(201)}"`],
  ['discount.value', '"discount":{"kind":"PERCENT","value":101}'],
  ['discount.kind', '"discount":{"kind":"FREE","value":1}'],
  ['discount', '"discount":null'],
  ['opensAt', '"opensAt":"tomorrow"'],
  ['opensAt', '"opensAt":1767225600000'],
  ['opensAt', '"opensAt":"2026-02-30T00:00:00Z"'],
  ['couponId', '"couponId":"a b"'],
])('a coupon whose %s is impossible: %s', async (path, field) => {
  const body = `${JSON.stringify(good).slice(0, -1)},${field}}`;
  const answer = await send(body, json, '/api/coupons');
  expect([answer.status, await answer.json()]).toMatchObject([
    400,
    { code: 'INVALID_REQUEST', errors: expect.arrayContaining([{ path, message: expect.any(String) }]) },
  ]);
});

test('prototype keys are keys like others, and change nothing', async () => {
  const body = '{"__proto__":{"userId":"eve","polluted":1},"constructor":{"prototype":{"polluted":1}},"userId":"ana"}';
  const answer = await send(body);
  expect([answer.status, await answer.json()]).toMatchObject([202, { userId: 'ana' }]);
  expect(Reflect.get({}, 'polluted')).toBeUndefined();
  await expectProblem(await send('{"__proto__":{"userId":"eve"}}'), 400, 'INVALID_REQUEST');
  await expectProblem(
    await served.call('/api/coupons/spring/issue-status?__proto__=a&constructor=b'),
    400,
    'INVALID_REQUEST',
  );
});

test.each([
  ['lists', '['.repeat(30_000) + ']'.repeat(30_000), 400],
  ['objects', `${'{"a":'.repeat(10_000)}1${'}'.repeat(10_000)}`, 400],
  ['beside what is asked for', `{"userId":"ana","x":${'['.repeat(30_000)}${']'.repeat(30_000)}}`, 400],
  ['of sixteen levels', `{"userId":"ana","x":${'['.repeat(15)}${']'.repeat(15)}}`, 202],
  ['of one level more', `{"userId":"ana","x":${'['.repeat(16)}${']'.repeat(16)}}`, 400],
])('deep nesting: %s', async (_, body, status) => {
  expect((await send(body)).status).toBe(status);
});

test.each([
  ['text/plain', '{"userId":"ana"}'],
  ['application/x-www-form-urlencoded', 'userId=ana'],
  ['application/json; charset=euc-kr', '{"userId":"ana"}'],
  ['application/jsonx', '{"userId":"ana"}'],
  ['', '{"userId":"ana"}'],
])('a body of type %j is not taken', async (type, body) => {
  await expectProblem(await send(body, { 'content-type': type }), 415, 'UNSUPPORTED_MEDIA_TYPE');
});

test('a compressed body is not taken', async () => {
  await expectProblem(await send('{}', { ...json, 'content-encoding': 'gzip' }), 415, 'UNSUPPORTED_MEDIA_TYPE');
  const head = `POST ${issue} HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nConnection: close`;
  const chunks = '10\r\n{"userId":"ana"}\r\n0\r\n\r\n';
  const sent = (coding: string) => sendRaw(served.port, `${head}\r\nTransfer-Encoding: ${coding}\r\n\r\n${chunks}`);
  expect((await sent('gzip, chunked')).status).toBe(415);
  expect((await sent('Chunked')).status).toBe(202);
});

test.each(['application/json; charset=utf-8', 'Application/JSON;charset="UTF-8"', 'application/vnd.shop+json'])(
  'a body of type %s is taken',
  async (type) => {
    expect((await send('{"userId":"ana"}', { 'content-type': type })).status).toBe(202);
  },
);

describe('a body', () => {
  const filled = (size: number): string => `{"userId":"ana","x":"${'x'.repeat(size - 23)}"}`;
  const chunked = (text: string): RequestInit => ({
    method: 'POST',
    headers: json,
    body: new Blob([text]).stream(),
    duplex: 'half',
  });

  test('of 64 KiB is taken, one byte more is not', async () => {
    expect((await send(filled(65_536))).status).toBe(202);
    await expectProblem(await send(filled(65_537)), 413, 'PAYLOAD_TOO_LARGE');
  });

  test('in chunks is measured as it comes', async () => {
    expect((await served.call(issue, chunked(filled(65_536)))).status).toBe(202);
    await expectProblem(await served.call(issue, chunked(filled(1_000_000))), 413, 'PAYLOAD_TOO_LARGE');
  });

  test('of which thousands of fields are wrong is told so in one fault, not in an answer ten times its size', async () => {
    const fields = Array.from({ length: 6_000 }, (_, name) => `"${name}":[]`).join(',');
    const body = `{"userId":"ana","lines":[{"productId":"p","quantity":1}],"shipping":{${fields}}}`;
    const answer = await served.call('/api/orders', { method: 'POST', headers: json, body });
    expect(await answer.json()).toMatchObject({
      code: 'INVALID_REQUEST',
      errors: [{ path: 'shipping', message: 'Expected at most 32 fields' }],
    });
  });

  test('far too large is refused before it is sent', async () => {
    const head = `POST ${issue} HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nContent-Length: 99999999999\r\n\r\n`;
    const answer = await sendRaw(served.port, head);
    expect([answer.status, JSON.parse(answer.body)]).toMatchObject([413, { code: 'PAYLOAD_TOO_LARGE' }]);
  });
});

test.each([
  ['/api/coupons/%', 400],
  ['/api/coupons/%zz', 400],
  ['/api/coupons/%00', 400],
  ['/api/coupons/%ff', 400],
  ['/api/coupons/a%2Fb', 400],
  ['/api/coupons/%EC%BF%A0%ED%8F%B0', 400],
  [`/api/coupons/${'x'.repeat(65)}`, 400],
  ['/api/coupons/__proto__', 200],
  ['/%', 404],
  ['//api', 404],
  ['/api//coupons/a', 404],
  ['/api/coupons/spring/issue-status', 400],
  ['/api/coupons/spring/issue-status?userId=%', 400],
  ['/api/coupons/spring/issue-status?userId=a&userId=b', 400],
  ['/api/users/ana/coupons?limit=0', 400],
  ['/api/users/ana/coupons?limit=101', 400],
  ['/api/users/ana/coupons?limit=1e1', 400],
  ['/api/users/ana/coupons?limit=', 400],
  ['/api/users/ana/coupons?cursor=%00', 400],
])('%s is answered %i', async (path, status) => {
  const bytes = `GET ${path} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n`;
  expect((await sendRaw(served.port, bytes)).status).toBe(status);
});

describe('whatever comes, never a 5xx, and always a code', () => {
  const expectSane = ({ status, body }: { readonly status: number; readonly body: string }): void => {
    expect(status).toBeLessThan(500);
    expect(status).toBeGreaterThanOrEqual(200);
    if (status >= 400) expect(JSON.parse(body)).toMatchObject({ code: expect.stringMatching(/^[A-Z_]+$/), status });
  };

  const anyBody = fc.oneof(
    fc.json(),
    fc.string({ unit: 'binary' }),
    fc.uint8Array({ maxLength: 300 }),
    fc.record({ userId: fc.anything(), requestId: fc.anything() }).map((value) => JSON.stringify(value) ?? ''),
    fc
      .record(
        {
          couponId: fc.jsonValue(),
          name: fc.string({ unit: 'binary' }),
          quantity: fc.oneof(fc.double(), fc.maxSafeInteger()),
          discount: fc.jsonValue(),
          opensAt: fc.jsonValue(),
        },
        { requiredKeys: [] },
      )
      .map((value) => JSON.stringify(value)),
  );
  const anyPath = fc.constantFrom(issue, '/api/coupons', '/api/coupons/spring/pause', '/api/coupons/spring/quantity');

  test('in bodies', async () => {
    await fc.assert(
      fc.asyncProperty(anyPath, anyBody, async (path, body) => {
        const answer = await send(body, json, path);
        expectSane({ status: answer.status, body: await answer.text() });
      }),
      { numRuns: examples(100) },
    );
  });

  const anySegment = fc.oneof(
    fc.constantFrom(
      'api',
      'coupons',
      'issue-status',
      'users',
      'admin',
      '..',
      '.',
      '%',
      '%00',
      '%2e%2e',
      '__proto__',
      '',
    ),
    fc.webSegment(),
    fc.stringMatching(/^[!-~]{0,20}$/),
  );

  test('in paths and queries', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(anySegment, { maxLength: 6 }),
        fc.stringMatching(/^[!-~]{0,30}$/),
        async (path, query) => {
          const target = `/${path.join('/')}?${query}`;
          expectSane(
            await sendRaw(served.port, `GET ${target} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n`),
          );
        },
      ),
      { numRuns: examples(60) },
    );
  });

  test('in headers', async () => {
    const name = fc.constantFrom(
      'Accept-Language',
      'Prefer',
      'Idempotency-Key',
      'X-Request-Id',
      'X-Actor',
      'Content-Type',
      'Content-Encoding',
      'Authorization',
      'Accept',
      'Expect',
      'Upgrade',
      'Host',
    );
    const value = fc.oneof(
      fc.string({ unit: 'binary', maxLength: 60 }),
      fc.stringMatching(/^[ -~]{0,60}$/),
      fc.constantFrom('wait=0', 'wait=99999999999', 'wait=-1', 'ko;q=1e999', '*/*', '100-continue'),
    );
    const body = '{"userId":"ana"}';
    await fc.assert(
      fc.asyncProperty(fc.array(fc.tuple(name, value), { maxLength: 5 }), async (headers) => {
        const lines = headers.map(([n, v]) => `${n}: ${v}\r\n`).join('');
        const head = `POST ${issue} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\nContent-Length: ${body.length}\r\n`;
        const bytes = `${head}${lines}\r\n${body}`;
        const answer = await sendRaw(served.port, Buffer.from(bytes));
        // The interim answer to Expect: 100-continue stands before the final one.
        if (answer.status !== 100) expectSane(answer);
      }),
      { numRuns: examples(60) },
    );
  });
});
