import { either as E, taskEither as TE } from 'fp-ts';
import { connect, type Socket } from 'node:net';
import { defaultSseLimits, type SseLimits } from '../../../../src/adapters/http/sse/limits.js';
import { type Listener } from '../../../../src/application/notices/listeners.js';
import { type Notice } from '../../../../src/application/notices/notice.js';
import { type Connecting, type Leaving, type NoticeHub } from '../../../../src/application/notices/notice-hub.js';
import { eventually } from '../../../support/eventually.js';
import { heldLimiter } from '../held-limiter.js';
import { isFree, openSocket } from '../raw.js';
import { closeServers, serve } from '../with-server.js';
import { parseBlock } from '../../../../src/adapters/http/limits/client-address.js';
import { recognized } from '../../../support/recognized.js';
import { checkedFetch } from '../../../support/contract/checked-fetch.js';

afterEach(closeServers);

const notice = (position: number, data: object = {}): Notice => ({ position, to: 'ana', kind: 'coupon-issued', data });

/** A hub that does as the test says, and remembers who came and why they left. */
const fakeHub = (begin: (listener: Listener, since: number | null) => void = (listener) => listener.begin(7, [])) => {
  const came: Connecting[] = [];
  const left: Leaving[] = [];
  const connectNotices: NoticeHub['connect'] = (connecting) => async () => {
    came.push(connecting);
    begin(connecting.listener, connecting.since);
    return E.right((why) => void left.push(why));
  };
  return { came, left, connectNotices };
};

const limits = (some: Partial<SseLimits>) => ({ limits: { sse: { ...defaultSseLimits, ...some } } });

const listen = async (url: string, headers: Record<string, string> = {}, path = '/api/sse/subscribe/ana') => {
  const leaving = new AbortController();
  const answer = await checkedFetch(url + path, { headers, signal: leaving.signal });
  let text = '';
  const ended = (async () => {
    for await (const chunk of answer.body ?? []) text += Buffer.from(chunk).toString();
  })().catch(() => undefined);
  return { answer, text: () => text, leave: () => leaving.abort(), ended };
};

describe('server-sent events', () => {
  it('begin with connected, and go on with what happens, each with its id', async () => {
    const hub = fakeHub((listener) => listener.begin(7, [notice(8, { couponId: 'c1' })]));
    const { url } = await serve(hub);
    const client = await listen(url, { 'x-request-id': 'mine' });
    expect(client.answer.status).toBe(200);
    expect(client.answer.headers.get('content-type')).toBe('text/event-stream; charset=utf-8');
    expect(client.answer.headers.get('x-accel-buffering')).toBe('no');
    expect(client.answer.headers.get('cache-control')).toContain('no-store');
    expect(client.answer.headers.get('x-request-id')).toBe('mine');
    hub.came[0]?.listener.hear(notice(9));
    await eventually(() => expect(client.text()).toContain('id: 9\n'));
    expect(client.text().replace(/retry: \d+/, 'retry: …')).toBe(
      'retry: …\n\n' +
        'id: 7\nevent: connected\ndata: {"userId":"ana"}\n\n' +
        'id: 8\nevent: coupon-issued\ndata: {"couponId":"c1"}\n\n' +
        'id: 9\nevent: coupon-issued\ndata: {}\n\n',
    );
    client.leave();
    await eventually(() => expect(hub.left).toStrictEqual(['client']));
  });

  it('resume by the last id, from the header or the query; what is no id of ours is told to start afresh', async () => {
    const hub = fakeHub((listener, since) => listener.begin(since ?? 7, Number.isNaN(since) ? 'Resync' : []));
    const { url } = await serve(hub);
    const clients = [
      await listen(url, { 'last-event-id': '12' }),
      await listen(url, {}, '/api/sse/subscribe/ana?lastEventId=13'),
      await listen(url, { 'last-event-id': '' }),
      await listen(url, { 'last-event-id': 'abc' }),
      await listen(url, { 'last-event-id': '99999999999999999' }),
    ];
    expect(hub.came.map(({ since }) => since)).toStrictEqual([12, 13, null, NaN, NaN]);
    await eventually(() => expect(clients[3]?.text()).toContain('event: resync'));
    expect(clients[0]?.text()).not.toContain('resync');
    for (const client of clients) client.leave();
  });

  it('send each client to come back at another moment', async () => {
    const { url } = await serve(fakeHub());
    const clients = await Promise.all(
      Array.from({ length: 10 }, (_, n) => listen(url, {}, `/api/sse/subscribe/u${n}`)),
    );
    await eventually(() => clients.every((client) => client.text().includes('connected')));
    const retries = clients.map((client) => Number(/retry: (\d+)/.exec(client.text())?.[1]));
    for (const retry of retries) expect(retry >= 1_000 && retry <= 2_000).toBe(true);
    expect(new Set(retries).size).toBeGreaterThan(1);
    for (const client of clients) client.leave();
  });

  it('keep a silent connection alive with comments', async () => {
    const { url } = await serve(fakeHub(), limits({ heartbeatMs: 20 }));
    const client = await listen(url);
    await eventually(() => expect(client.text().match(/^:$/gm)?.length).toBeGreaterThan(2));
    client.leave();
  });

  it('are refused beyond so many, in all and of one user, and are let in again when one has left', async () => {
    const { url } = await serve(fakeHub(), limits({ connections: 3, perUser: 2 }));
    const anas = [await listen(url), await listen(url)];
    const third = await listen(url);
    expect(third.answer.status).toBe(503);
    expect(third.answer.headers.get('retry-after')).toBe('5');
    const ben = await listen(url, {}, '/api/sse/subscribe/ben');
    expect(ben.answer.status).toBe(200);
    expect((await listen(url, {}, '/api/sse/subscribe/cid')).answer.status).toBe(503);
    anas[0]?.leave();
    const later = await eventually(async () => {
      const again = await listen(url);
      expect(again.answer.status).toBe(200);
      return again;
    });
    for (const client of [...anas, ben, later]) client.leave();
  });

  it('hold no place for a client that left before they began', async () => {
    const { limiter, spent, release } = heldLimiter();
    const { url, port } = await serve(fakeHub(), {
      limits: { connections: 1, sse: { ...defaultSseLimits, perUser: 1 } },
      rateLimits: { user: null, address: limiter },
    });
    const { socket } = openSocket(port);
    socket.write('GET /api/sse/subscribe/ana HTTP/1.1\r\nHost: localhost\r\n\r\n');
    await eventually(() => spent.length === 1);
    socket.resetAndDestroy();
    await isFree(port);
    release();
    const client = await listen(url);
    expect(client.answer.status).toBe(200);
    client.leave();
  });

  it('hold no place for a client that asked for several on one connection and left', async () => {
    const hub = fakeHub();
    const { url, port } = await serve(hub, limits({ perUser: 2 }));
    const { socket } = openSocket(port);
    socket.write('GET /api/sse/subscribe/ana HTTP/1.1\r\nHost: localhost\r\n\r\n'.repeat(2));
    await eventually(() => hub.came.length > 0);
    socket.destroy();
    await eventually(() => hub.left.length > 0);
    const clients = [await listen(url), await listen(url)];
    expect(clients.map(({ answer }) => answer.status)).toEqual([200, 200]);
    for (const client of clients) client.leave();
  });

  it('are counted by address too: one client that invents users leaves room for others', async () => {
    const quota = { requests: 2, seconds: 10 };
    const unlimited = { quota, spend: async () => ({ isWithin: true, remaining: 1, resetMs: 1 }) };
    const { url } = await serve(fakeHub(), {
      identify: (credential) => TE.right(recognized({ kind: 'user', userId: credential })),
      rateLimits: { user: null, address: unlimited },
      trustedProxies: [parseBlock('127.0.0.1')].filter((block) => block !== null),
    });
    const from = (address: string, user: string) =>
      listen(url, { authorization: `Bearer ${user}`, 'x-forwarded-for': address }, `/api/sse/subscribe/${user}`);
    const bots = [await from('192.0.2.1', 'b1'), await from('192.0.2.1', 'b2'), await from('192.0.2.1', 'b3')];
    expect(bots.map(({ answer }) => answer.status)).toStrictEqual([200, 200, 503]);
    const ana = await from('192.0.2.2', 'ana');
    expect(ana.answer.status).toBe(200);
    for (const client of [...bots, ana]) client.leave();
  });

  it('answer 503 while what was missed cannot be told, and hold no place for it', async () => {
    let isAway = true;
    const connectNotices: NoticeHub['connect'] = ({ listener }) =>
      isAway ? TE.left('NoticesUnavailable') : async () => E.right((listener.begin(7, []), () => undefined));
    const { url } = await serve({ connectNotices }, limits({ connections: 1 }));
    const refused = await listen(url, { 'last-event-id': '1' });
    expect(refused.answer.status).toBe(503);
    isAway = false;
    const client = await listen(url, { 'last-event-id': '1' });
    expect(client.answer.status).toBe(200);
    client.leave();
  });

  it('cut off a client that does not read, and nobody else', async () => {
    const hub = fakeHub();
    const { url, port } = await serve(hub, limits({ mostBuffered: 64 * 1024 }));
    const slow: Socket = connect(port, '127.0.0.1');
    slow.on('error', () => undefined);
    slow.write('GET /api/sse/subscribe/slow HTTP/1.1\r\nHost: localhost\r\n\r\n');
    slow.pause();
    const quick = await listen(url);
    await eventually(() => hub.came.length === 2);
    const large = notice(8, { text: 'x'.repeat(60_000) });
    let sent = 0;
    await eventually(() => {
      for (const { listener } of hub.came) listener.hear(large);
      sent += 1;
      return hub.left.includes('slow');
    });
    expect(hub.left).toStrictEqual(['slow']);
    await eventually(() => expect(quick.text().match(/id: 8\n/g)).toHaveLength(sent));
    slow.destroy();
    quick.leave();
  });

  it('end when the server does, with a moment to come back at', async () => {
    const hub = fakeHub();
    const { url, server } = await serve(hub);
    const client = await listen(url);
    await server.close({ timeoutMs: 5_000 });
    await client.ended;
    expect(client.text().match(/retry: /g)).toHaveLength(2);
    expect(hub.left).toStrictEqual(['server']);
  });

  it('are not begun for HEAD, nor for what is no user', async () => {
    const hub = fakeHub();
    const { call } = await serve(hub);
    const head = await call('/api/sse/subscribe/ana', { method: 'HEAD' });
    expect(head.headers.get('content-type')).toContain('text/event-stream');
    expect((await call('/api/sse/subscribe/not%20an%20id')).status).toBe(400);
    expect(hub.came).toStrictEqual([]);
  });

  it('take no place among the requests being answered', async () => {
    const hub = fakeHub();
    const { url, call } = await serve(hub, { limits: { inFlight: 1 } });
    const client = await listen(url);
    expect((await call('/api/coupons/spring')).status).toBe(200);
    client.leave();
  });
});
