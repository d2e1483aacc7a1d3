import { taskEither as TE } from 'fp-ts';
import { connect } from 'node:net';
import { type CouponUseCases } from '../../../src/adapters/http/route-table.js';
import { eventually } from '../../support/eventually.js';
import { spring } from './fake-use-cases.js';
import { heldLimiter } from './held-limiter.js';
import { isFree, openSocket, parseAnswer } from './raw.js';
import { closeServers, serve } from './with-server.js';

afterEach(closeServers);

const post = 'POST /api/coupons/spring/issue HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n';

/** A coupon that is looked up until the test lets it be found. */
const slowly = () => {
  let running = 0;
  let finish = (): void => undefined;
  const finished = new Promise<void>((resolve) => (finish = resolve));
  const couponById: CouponUseCases['couponById'] = (couponId) =>
    TE.fromTask(async () => {
      running += 1;
      await finished;
      return { ...spring, couponId };
    });
  return { couponById, running: () => running, finish: () => finish() };
};

describe('too much at once', () => {
  test('is refused at once with Retry-After, and over as soon as it is over', async () => {
    const { couponById, running, finish } = slowly();
    const { call } = await serve({ couponById }, { limits: { inFlight: 2 } });
    const held = [call('/api/coupons/a'), call('/api/coupons/b')];
    await eventually(() => running() === 2);
    const refused = await call('/api/coupons/issue-status/mine');
    expect([refused.status, refused.headers.get('retry-after'), await refused.json()]).toMatchObject([
      503,
      '1',
      { code: 'OVERLOADED' },
    ]);
    finish();
    expect((await Promise.all(held)).map(({ status }) => status)).toEqual([200, 200]);
    await eventually(async () => (await call('/api/coupons/issue-status/mine')).status === 200);
  });

  test.each(['/health/live', '/health/ready', '/metrics', '/admin/projections'])('does not hide %s', async (path) => {
    const { couponById, running, finish } = slowly();
    const { call } = await serve({ couponById }, { limits: { inFlight: 1 } });
    const held = call('/api/coupons/a');
    await eventually(() => running() === 1);
    expect((await call(path)).status).toBe(200);
    finish();
    await held;
  });

  test('is no longer what a sender asked for who left before it was read', async () => {
    const { limiter, spent, release } = heldLimiter();
    const limits = { inFlight: 1, connections: 1 };
    const { port, call } = await serve({}, { limits, rateLimits: { user: null, address: limiter } });
    const { socket } = openSocket(port);
    socket.write(`${post}Content-Length: 16\r\n\r\n{"userId":"ana"}`);
    await eventually(() => spent.length === 1);
    socket.resetAndDestroy();
    await isFree(port);
    release();
    await eventually(async () => (await call('/api/coupons/spring')).status === 200, 5_000);
  });

  test('of connections are closed, and those there are go on', async () => {
    const { port } = await serve({}, { limits: { connections: 2 } });
    const [first, second] = [openSocket(port), openSocket(port)];
    await Promise.all([first, second].map(({ socket }) => new Promise((resolve) => socket.once('connect', resolve))));
    // The server counts a connection when it takes it, in order.
    expect(await openSocket(port).ended).toBe('');
    first.socket.write('GET /health/live HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n');
    expect(parseAnswer(await first.ended).status).toBe(200);
    second.socket.destroy();
  });
});

describe('slow connections', () => {
  const limits = { headersTimeoutMs: 300, requestTimeoutMs: 600, sweepEveryMs: 50 };

  test('a thousand that never finish are told so and closed, while others are served', async () => {
    const { port, call } = await serve({}, { limits });
    const slow = Array.from({ length: 1_000 }, (_, index) => {
      const { socket, ended } = openSocket(port);
      const body = `${post}Content-Length: 20\r\n\r\n{"us`;
      socket.write(index % 2 === 0 ? 'GET /health/live HTTP/1.1\r\nHo' : body);
      return ended;
    });
    expect((await call('/health/live')).status).toBe(200);
    const answers = (await Promise.all(slow)).map(parseAnswer);
    expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([408]));
    expect(JSON.parse(answers[0]?.body ?? '')).toMatchObject({ code: 'REQUEST_TIMEOUT' });
    expect((await call('/health/live')).status).toBe(200);
  });

  test('take no place for ever when their client never closes its half', async () => {
    const { port, call } = await serve(
      {},
      { limits: { ...limits, requestTimeoutMs: 300, inFlight: 1, connections: 1 } },
    );
    const socket = connect({ port, host: '127.0.0.1', allowHalfOpen: true });
    socket.write(`${post}Content-Length: 20\r\n\r\n{"us`);
    await new Promise((resolve) => socket.resume().once('end', resolve));
    await eventually(async () => (await call('/api/coupons/spring')).status === 200, 20_000);
    socket.destroy();
  });

  test('that are kept alive unused are closed', async () => {
    const { port } = await serve({}, { limits: { ...limits, keepAliveTimeoutMs: 50 } });
    const { socket, ended } = openSocket(port);
    socket.write('GET /health/live HTTP/1.1\r\nHost: localhost\r\n\r\n');
    expect(parseAnswer(await ended).status).toBe(200);
  });
});

describe('draining', () => {
  test('finishes what is in flight, takes nothing new, and resolves when all are gone', async () => {
    const { couponById, running, finish } = slowly();
    const { call, server, port } = await serve({ couponById });
    const idle = openSocket(port);
    idle.socket.write('GET /health/live HTTP/1.1\r\nHost: localhost\r\n\r\n');
    const held = call('/api/coupons/a');
    await eventually(() => running() === 1);
    let closed = false;
    const closing = server.close({ timeoutMs: 10_000 }).then(() => (closed = true));
    expect(parseAnswer(await idle.ended).status).toBe(200);
    await expect(call('/health/live')).rejects.toThrow();
    expect(closed).toBe(false);
    finish();
    const answer = await held;
    expect([answer.status, answer.headers.get('connection')]).toEqual([200, 'close']);
    await closing;
  });

  test('says so to whoever asks for readiness, and goes on serving while it does', async () => {
    const { call, server } = await serve();
    const closing = server.close({ noticeMs: 300, timeoutMs: 1_000 });
    const ready = await call('/health/ready');
    expect([ready.status, await ready.json()]).toMatchObject([503, { code: 'NOT_READY', draining: true }]);
    expect((await call('/health/live')).status).toBe(200);
    expect((await call('/api/coupons/spring')).status).toBe(200);
    await closing;
  });

  test('says with every answer that its connection ends, also with an export', async () => {
    const readExport = () => () => TE.right({ rows: [], next: null });
    const { call, server } = await serve({ readExport });
    const closing = server.close({ noticeMs: 500, timeoutMs: 1_000 });
    for (const path of ['/health/live', '/nowhere', '/admin/exports/audit'])
      expect((await call(path)).headers.get('connection')).toBe('close');
    await closing;
  });

  test('is not held up by somebody who came and never asked anything', async () => {
    const { call, server, port } = await serve();
    const { socket, ended } = openSocket(port);
    await new Promise((resolve) => socket.once('connect', resolve));
    // The server takes connections in order: now it has both.
    expect((await call('/health/live')).status).toBe(200);
    await server.close({ timeoutMs: 60_000 });
    expect(await ended).toBe('');
  });

  test('cuts off what does not end in time', async () => {
    const { couponById, running } = slowly();
    const { call, server } = await serve({ couponById });
    const held = call('/api/coupons/a');
    await eventually(() => running() === 1);
    const [outcome] = await Promise.allSettled([held, server.close({ timeoutMs: 50 })]);
    expect(outcome.status).toBe('rejected');
  });

  test('may be asked for twice', async () => {
    const { server } = await serve();
    await Promise.all([server.close({ timeoutMs: 100 }), server.close({ timeoutMs: 100 })]);
  });
});

test('a port that is taken is said so', async () => {
  const { port } = await serve();
  await expect(serve({}, { port })).rejects.toThrow('EADDRINUSE');
});
