import fc from 'fast-check';

const request = (line: string, ...headers: ReadonlyArray<string>): string =>
  `${[line, ...(headers.length === 0 ? ['Host: localhost'] : headers), 'Connection: close'].join('\r\n')}\r\n\r\n`;

/** Targets no parser of URLs takes, or reads as something else. */
export const hostileTargets: ReadonlyArray<string> = [
  '//',
  '///',
  '//:',
  '//[',
  '//x:99999999',
  '//user:p@ss@/health/live',
  'http://[',
  'http://[::bad/',
  'http://',
  'http:',
  '*',
  'x',
  ':',
  '/%',
  '/%00',
  '/%ff%fe',
  '/%2e%2e/%2e%2e',
  '/../../etc/passwd',
  '/__proto__',
  '/constructor',
  '/toString',
  '/api/coupons/%E0%A4%A',
  '/api/coupons/%',
  '/api/users/%c0%af/orders?cursor=%',
  '/health/live?%',
  '/?a[=&&&==%',
  `/${'a'.repeat(10_000)}`,
  `/${'%41'.repeat(3_000)}`,
  '/#',
  '/\\',
  '/;a=b',
];

/** Whole requests, each of its own kind of wrong. None may hurt anything but its own connection. */
export const hostileRequests: ReadonlyArray<readonly [name: string, bytes: string]> = [
  ...hostileTargets.map((target) => [`GET ${target.slice(0, 40)}`, request(`GET ${target} HTTP/1.1`)] as const),
  ['CONNECT', request('CONNECT example.org:443 HTTP/1.1')],
  ['CONNECT without a port', request('CONNECT / HTTP/1.1')],
  ['OPTIONS *', request('OPTIONS * HTTP/1.1')],
  ['TRACE', request('TRACE / HTTP/1.1')],
  ['an unknown method', request('BREW /pot HTTP/1.1')],
  ['an upgrade', request('GET / HTTP/1.1', 'Host: localhost', 'Upgrade: websocket', 'Connection: Upgrade')],
  ['an upgrade to HTTP/2', request('GET // HTTP/1.1', 'Host: localhost', 'Upgrade: h2c', 'HTTP2-Settings: AA')],
  ['the preface of HTTP/2', 'PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n'],
  ['HTTP/0.9', 'GET /\r\n\r\n'],
  ['HTTP/9.9', request('GET / HTTP/9.9')],
  ['no version', 'GET // \r\nHost: localhost\r\n\r\n'],
  ['no host', request('GET // HTTP/1.1', 'X: y')],
  ['two hosts', request('GET /health/live HTTP/1.1', 'Host: a', 'Host: b')],
  ['an empty host', request('GET // HTTP/1.1', 'Host:')],
  ['a host that is none', request('GET // HTTP/1.1', 'Host: [::::]:x')],
  ['huge headers', request('GET / HTTP/1.1', 'Host: localhost', `X: ${'a'.repeat(100_000)}`)],
  [
    'many headers',
    request('GET / HTTP/1.1', 'Host: localhost', ...Array.from({ length: 3_000 }, (_, n) => `X-${n}: y`)),
  ],
  ['a header with NUL', request('GET / HTTP/1.1', 'Host: localhost', 'X: a\0b')],
  ['a NUL in the line', request('GET /\0 HTTP/1.1')],
  ['a folded header', request('GET / HTTP/1.1', 'Host: localhost', ' folded: yes')],
  ['a broken id', request('GET / HTTP/1.1', 'Host: localhost', 'X-Request-Id: a', 'X-Request-Id: b')],
  ['two lengths', request('POST / HTTP/1.1', 'Host: localhost', 'Content-Length: 1', 'Content-Length: 2')],
  ['a negative length', request('POST / HTTP/1.1', 'Host: localhost', 'Content-Length: -1')],
  ['a broken chunk', `${request('POST / HTTP/1.1', 'Host: localhost', 'Transfer-Encoding: chunked')}zz\r\n`],
  ['pipelined', request('GET // HTTP/1.1').replace('Connection: close', 'X: y').repeat(50)],
  ['TLS', '\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03'],
  ['nothing but line ends', '\r\n'.repeat(1_000)],
];

/** Requests that begin well and are then bent in a few places. */
export const bentRequest: fc.Arbitrary<Buffer> = fc
  .tuple(
    fc.constantFrom(...hostileRequests.map(([, bytes]) => bytes), request('GET /health/live HTTP/1.1')),
    fc.array(fc.tuple(fc.nat({ max: 400 }), fc.integer({ min: 0, max: 255 })), { maxLength: 4 }),
    fc.nat({ max: 400 }),
    fc.boolean(),
  )
  .map(([text, bends, cut, isCut]) => {
    const bytes = Buffer.from(text, 'latin1');
    for (const [at, value] of bends) if (at < bytes.length) bytes[at] = value;
    return isCut ? bytes.subarray(0, cut) : bytes;
  });
