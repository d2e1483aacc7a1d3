import { either as E, taskEither as TE } from 'fp-ts';
import { IncomingMessage } from 'node:http';
import { Socket } from 'node:net';
import { type AddressBlock, clientAddress, parseBlock } from '../../../src/adapters/http/limits/client-address.js';
import { inMemoryRateLimiter } from '../../../src/adapters/rate-limits/in-memory.js';
import { type Identify, type InvalidCredential } from '../../../src/application/ports/identity.js';
import { type RateLimiter } from '../../../src/application/ports/rate-limiter.js';
import { heldLimiter } from './held-limiter.js';
import { openSocket } from './raw.js';
import { closeServers, serve } from './with-server.js';
import { eventually } from '../../support/eventually.js';
import { recognized } from '../../support/recognized.js';

afterEach(closeServers);

const quota = (requests: number): RateLimiter => inMemoryRateLimiter('test', { requests, seconds: 3_600 });
const wrong = (refused: number, unknownTokens = 1_000) => ({
  refused: [quota(refused)],
  unknownTokens: quota(unknownTokens),
});
const blocks = (...texts: ReadonlyArray<string>): ReadonlyArray<AddressBlock> =>
  texts.map(parseBlock).filter((block) => block !== null);
const asks = (userId: string) => ['/api/coupons/spring/issue', { userId }] as const;

describe('a user', () => {
  it('asks as often as the quota says, whatever the address, then is told when to come back', async () => {
    const { post, call } = await serve({}, { rateLimits: { user: quota(2), address: null } });
    expect((await post(...asks('ana'))).status).toBe(202);
    expect((await call('/api/users/ana/coupons')).status).toBe(200);
    const refused = await post(...asks('ana'));
    expect(refused.status).toBe(429);
    expect(await refused.json()).toMatchObject({ code: 'RATE_LIMITED', status: 429 });
    expect(refused.headers.get('ratelimit-policy')).toBe('"user";q=2;w=3600');
    const [, seconds] = /^"user";r=0;t=(\d+)$/.exec(refused.headers.get('ratelimit') ?? '') ?? [];
    expect(Number(seconds)).toBeGreaterThan(3_000);
    expect(Number(refused.headers.get('retry-after'))).toBeGreaterThan(3_000);
    expect((await post(...asks('ben'))).status).toBe(202);
  });

  it('spends more of it with a large body than with a small one, whether or not its size is said', async () => {
    const limit = quota(9);
    const { call } = await serve({}, { rateLimits: { user: limit, address: null } });
    const order = (userId: string) =>
      JSON.stringify({
        userId,
        lines: [{ productId: 'tv', quantity: 1 }],
        shipping: Object.fromEntries(Array.from({ length: 15 }, (_, n) => [`field-${n}`, 'x'.repeat(500)])),
      });
    const headers = { 'content-type': 'application/json' };
    const inChunks = { body: new Blob([order('ben')]).stream(), duplex: 'half' as const };
    await call('/api/orders', { method: 'POST', headers, body: order('ana') });
    await call('/api/orders', { method: 'POST', headers, ...inChunks });
    for (const who of ['ana', 'ben']) expect(await limit.spend(who)).toMatchObject({ isWithin: true, remaining: 0 });
  });
});

describe('a body that comes slowly', () => {
  const begins = async (rest: string) => {
    const { limiter, spent, release } = heldLimiter();
    release();
    const { port } = await serve({}, { rateLimits: { user: null, address: limiter } });
    const { socket } = openSocket(port);
    socket.write(`POST /api/orders HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n${rest}`);
    return { spent, socket };
  };

  it('counts at once, by the size that was declared', async () => {
    const { spent, socket } = await begins('Content-Length: 5000\r\n\r\n{"');
    await eventually(() => expect(spent).toEqual([['127.0.0.1', 5]]), 5_000);
    socket.destroy();
  });

  it('in chunks counts once at once, and for its size when it is there', async () => {
    const { spent, socket } = await begins('Transfer-Encoding: chunked\r\n\r\n1\r\n{\r\n');
    await eventually(() => expect(spent).toEqual([['127.0.0.1', 1]]), 5_000);
    socket.write(`1000\r\n${'x'.repeat(0x1000)}\r\n0\r\n\r\n`);
    await eventually(() => expect(spent.slice(1)).toEqual([['127.0.0.1', 4]]), 5_000);
    socket.destroy();
  });

  it('in chunks never counts for more than the whole quota', async () => {
    const { call } = await serve({}, { rateLimits: { user: null, address: quota(3) } });
    const body = new Blob(['x'.repeat(10_000)]).stream();
    const headers = { 'content-type': 'application/json' };
    const asked = () => call('/api/orders', { method: 'POST', headers, body, duplex: 'half' as const });
    expect((await asked()).status).toBe(400);
    expect((await call('/api/coupons/spring')).status).toBe(429);
  });
});

/** Whose credential it is, is who they are. */
const identify: Identify = (credential) =>
  TE.right(
    recognized(credential === 'shop' ? { kind: 'service', name: 'shop' } : { kind: 'user', userId: credential }),
  );
const shown = (user: string, address: string) => ({ authorization: `Bearer ${user}`, 'x-forwarded-for': address });

describe('who is signed in', () => {
  const points = (who: string, whose: string) =>
    [`/api/users/${whose}/coupons`, { headers: { authorization: `Bearer ${who}` } }] as const;

  it('is counted as who they are, whomever they name', async () => {
    const { call } = await serve({}, { identify, rateLimits: { user: quota(2), address: null } });
    const statuses: number[] = [];
    for (const whose of ['ben', 'cleo', 'dora']) statuses.push((await call(...points('ana', whose))).status);
    expect(statuses.map((status) => status === 429)).toEqual([false, false, true]);
    expect((await call(...points('ben', 'ben'))).status).not.toBe(429);
  });

  it("is not counted as the shop's own service", async () => {
    const { call } = await serve({}, { identify, rateLimits: { user: quota(1), address: quota(1) } });
    for (let n = 0; n < 5; n += 1) expect((await call(...points('shop', 'ana'))).status).toBe(200);
  });
});

describe('an address', () => {
  const limited = (requests: number) => serve({}, { rateLimits: { user: null, address: quota(requests) } });
  const behindProxies = (requests: number, ...trusted: ReadonlyArray<string>) => {
    const rateLimits = { user: null, address: quota(requests) };
    return serve({}, { rateLimits, trustedProxies: blocks(...trusted), identify });
  };

  it('asks as often as the quota says, for however many users it invents', async () => {
    const { post } = await limited(3);
    const statuses = await Promise.all(
      Array.from({ length: 50 }, async (_, n) => (await post(...asks(`user-${n}`))).status),
    );
    expect(statuses.filter((status) => status === 202)).toHaveLength(3);
    expect(statuses.filter((status) => status === 429)).toHaveLength(47);
  });

  it('cannot call itself another one by a header', async () => {
    const { post } = await behindProxies(1);
    expect((await post(...asks('a'), shown('a', '203.0.113.1'))).status).toBe(202);
    expect((await post(...asks('b'), shown('b', '203.0.113.2'))).status).toBe(429);
  });

  it('is who stands behind a proxy that is trusted', async () => {
    const { post } = await behindProxies(1, '127.0.0.0/8');
    expect((await post(...asks('a'), shown('a', '203.0.113.1'))).status).toBe(202);
    expect((await post(...asks('b'), shown('b', '203.0.113.2'))).status).toBe(202);
    expect((await post(...asks('c'), shown('c', '198.51.100.7, 203.0.113.1'))).status).toBe(429);
  });

  it('is always answered about health, and operators are not counted', async () => {
    const { call } = await limited(1);
    for (let n = 0; n < 5; n += 1) {
      expect((await call('/health/live')).status).toBe(200);
      expect((await call('/admin/projections')).status).toBe(200);
    }
  });
});

describe('who a request comes from', () => {
  const from = (peer: string, forwarded?: string): IncomingMessage => {
    const socket = new Socket();
    Object.defineProperty(socket, 'remoteAddress', { value: peer });
    const message = new IncomingMessage(socket);
    if (forwarded !== undefined) message.headers['x-forwarded-for'] = forwarded;
    return message;
  };
  const trusted = blocks('10.0.0.0/8', '::1', '2001:db8:ffff::/48');

  it.each([
    ['the other end of the socket', '203.0.113.9', undefined, '203.0.113.9'],
    ['the other end, whatever it says', '203.0.113.9', '198.51.100.1', '203.0.113.9'],
    ['IPv4 also where it is written as IPv6', '::ffff:203.0.113.9', undefined, '203.0.113.9'],
    ['who the trusted proxy names', '10.1.2.3', '203.0.113.9', '203.0.113.9'],
    ['who the first of several trusted proxies names', '10.1.2.3', '203.0.113.9, 10.9.9.9', '203.0.113.9'],
    ['the last that is not trusted, whatever stands before it', '::1', '1.1.1.1, 203.0.113.9, 10.9.9.9', '203.0.113.9'],
    ['the proxy itself where it names nobody', '10.1.2.3', undefined, '10.1.2.3'],
    ['the proxy itself where it names no address', '10.1.2.3', 'unknown', '10.1.2.3'],
    ['who it names with a port', '10.1.2.3', '203.0.113.9:4711', '203.0.113.9'],
    ['of IPv6 the /64', '2001:db8:1:2:3:4:5:6', undefined, '2001:db8:1:2::/64'],
    ['of IPv6 the /64, behind a proxy too', '2001:db8:ffff::1', '[2001:db8:1:2:aaaa::1]:443', '2001:db8:1:2::/64'],
  ])('is %s', (_, peer, forwarded, key) => {
    expect(clientAddress(trusted)(from(peer, forwarded))).toBe(key);
  });
});

describe('wrong credentials', () => {
  const madeUp: InvalidCredential = { kind: 'InvalidCredential', why: 'SIGNATURE' };
  // It begins as API keys do, and is none: people chose it.
  const adminToken = 'db_the-token-of-operators';
  const guarded = async () => {
    const lines: string[] = [];
    const counted: string[] = [];
    const quiet = (): void => undefined;
    const { call } = await serve(
      {},
      {
        adminToken,
        wrongCredentials: wrong(10),
        count: (name) => void counted.push(name),
        log: { debug: quiet, info: quiet, error: quiet, warn: (fields) => void lines.push(JSON.stringify(fields)) },
      },
    );
    const tries = (token: string) => call('/admin/projections', { headers: { authorization: `Bearer ${token}` } });
    return { lines, counted, tries };
  };

  it('are refused, then slowed down, logged with the address and counted; five hundred are not five hundred lines', async () => {
    const { lines, counted, tries } = await guarded();
    const statuses: number[] = [];
    for (let n = 0; n < 500; n += 1) statuses.push((await tries(`wrong-${n}`)).status);
    expect(statuses.slice(0, 10)).toEqual(Array.from({ length: 10 }, () => 401));
    expect(new Set(statuses.slice(10))).toEqual(new Set([429]));
    expect(lines).toHaveLength(2);
    for (const line of lines) expect(line).toContain('"address":"127.0.0.1"');
    expect(counted.filter((name) => name === 'http_wrong_credentials_total')).toHaveLength(500);
    // Nor is a secret that happens to be right looked at before the time is over.
    const refused = await tries(adminToken);
    expect(refused.status).toBe(429);
    expect(Number(refused.headers.get('retry-after'))).toBeGreaterThan(0);
  });

  it('are told with the quota that is spent, and until when', async () => {
    const refused = [
      inMemoryRateLimiter('minute', { requests: 1, seconds: 60 }),
      inMemoryRateLimiter('hour', { requests: 2, seconds: 3_600 }),
    ];
    const { call } = await serve({}, { adminToken, wrongCredentials: { refused, unknownTokens: quota(1) } });
    const tries = () => call('/admin/projections', { headers: { authorization: 'Bearer wrong' } });
    expect((await tries()).headers.get('ratelimit-policy')).toBeNull();
    // The second makes the address wait, and the third is not looked at.
    for (let n = 0; n < 2; n += 1) {
      const { status, headers } = await tries();
      const [, seconds = ''] = /^"wrong-credentials";r=0;t=(\d+)$/.exec(headers.get('ratelimit') ?? '') ?? [];
      expect([status, headers.get('ratelimit-policy')]).toEqual([429, '"wrong-credentials";q=1;w=60']);
      expect([seconds, Number(seconds) > 50]).toEqual([headers.get('retry-after'), true]);
    }
  });

  it('are one line for each reason of an address, with what the token says of its key', async () => {
    const lines: object[] = [];
    const quiet = (): void => undefined;
    const why: Record<string, InvalidCredential> = {
      'one.other.shop': { kind: 'InvalidCredential', why: 'AUDIENCE', alg: 'ES256', kid: 'summer', claim: 'aud' },
      'made.up.token': madeUp,
    };
    const { call } = await serve(
      {},
      {
        identify: (credential) => TE.left(why[credential] ?? { kind: 'InvalidCredential', why: 'UNKNOWN_SECRET' }),
        wrongCredentials: wrong(10),
        log: { debug: quiet, info: quiet, error: quiet, warn: (fields) => void lines.push(fields) },
      },
    );
    for (const authorization of ['Bearer one.other.shop', 'Bearer made.up.token', 'Bearer guess', 'Basic YTpi'])
      for (let n = 0; n < 2; n += 1)
        expect((await call('/api/users/ana/coupons', { headers: { authorization } })).status).toBe(401);
    const of = { address: '127.0.0.1', requestId: expect.any(String) };
    expect(lines).toStrictEqual([
      { ...of, why: 'AUDIENCE', alg: 'ES256', kid: 'summer', claim: 'aud' },
      { ...of, why: 'SIGNATURE' },
      { ...of, why: 'UNKNOWN_SECRET' },
      { ...of, why: 'NOT_BEARER' },
    ]);
  });

  it('that are right are never counted', async () => {
    const { tries } = await guarded();
    for (let n = 0; n < 30; n += 1) expect((await tries(adminToken)).status).toBe(200);
  });

  it('do not keep a user at the same address from being told that their token has expired', async () => {
    const identify: Identify = (credential) =>
      TE.left(credential.startsWith('old.') ? { kind: 'ExpiredCredential' } : madeUp);
    const { call } = await serve({}, { identify, wrongCredentials: wrong(2) });
    const tries = async (token: string) => {
      const answer = await call('/api/users/ana/coupons', { headers: { authorization: `Bearer ${token}` } });
      return [answer.status, answer.headers.get('www-authenticate')?.includes('expired') ?? false];
    };
    for (let n = 0; n < 5; n += 1) expect(await tries('old.token.of-ana')).toEqual([401, true]);
    for (let n = 0; n < 5; n += 1) await tries(`made.up.${n}`);
    expect(await tries('made.up.again')).toEqual([429, false]);
    expect(await tries('old.token.of-ana')).toEqual([401, true]);
  });

  it('with a signature that is not the issuer’s cost no more than a few verifications while their address waits, on public calls too', async () => {
    const good = 'signed.by.issuer';
    const verified: string[] = [];
    const known = new Set<string>();
    const ana = recognized({ kind: 'user', userId: 'ana' });
    const identify: Identify = (credential) => {
      verified.push(credential);
      if (credential !== good) return TE.left(madeUp);
      known.add(credential);
      return TE.right(ana);
    };
    const lines: string[] = [];
    const counted: string[] = [];
    const quiet = (): void => undefined;
    const { call } = await serve(
      {},
      {
        identify,
        recall: (credential) => (known.has(credential) ? E.right(ana) : null),
        wrongCredentials: wrong(10, 5),
        count: (name) => void counted.push(name),
        log: { debug: quiet, info: quiet, error: quiet, warn: (fields) => void lines.push(JSON.stringify(fields)) },
      },
    );
    const tries = async (token: string, path = '/api/users/ana/coupons') =>
      (await call(path, { headers: { authorization: `Bearer ${token}` } })).status;
    expect(await tries(good)).toBe(200);
    const statuses: number[] = [];
    for (let n = 0; n < 100; n += 1) statuses.push(await tries(`made.up.${n}`));
    for (let n = 0; n < 100; n += 1) expect(await tries(`made.up.too-${n}`, '/api/coupons/spring')).toBe(200);
    expect(statuses.map((status) => status === 429)).toEqual(Array.from({ length: 100 }, (_, n) => n >= 10));
    // The good one, ten that were refused and the one that made the address wait; then five more.
    expect(verified).toHaveLength(1 + 11 + 5);
    expect(counted.filter((name) => name === 'http_wrong_credentials_total')).toHaveLength(200);
    expect(lines).toHaveLength(2);
    expect(await tries(good)).toBe(200);
  });

  it('are counted on public calls too, where the rate limit would show whether a secret is right', async () => {
    const operators: Identify = (credential) =>
      credential === adminToken ? TE.right(recognized({ kind: 'operator', name: 'admin' })) : TE.left(madeUp);
    const counted: string[] = [];
    const { call } = await serve(
      {},
      {
        identify: operators,
        rateLimits: { user: null, address: quota(1) },
        wrongCredentials: wrong(10),
        count: (name) => void counted.push(name),
      },
    );
    const tries = async (token: string) =>
      (await call('/api/coupons/spring', { headers: { authorization: `Bearer ${token}` } })).status;
    expect([await tries(adminToken), await tries(adminToken), await tries('wrong')]).toEqual([200, 200, 200]);
    for (let n = 0; n < 20; n += 1) expect(await tries(`wrong-${n}`)).toBe(429);
    expect(await tries(adminToken)).toBe(429);
    expect(counted.filter((name) => name === 'http_wrong_credentials_total')).toHaveLength(22);
  });
});
