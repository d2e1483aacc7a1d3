import { either as E, taskEither as TE } from 'fp-ts';
import { preferredWait, type Until } from '../../../src/adapters/http/long-poll.js';
import { type CouponUseCases } from '../../../src/adapters/http/route-table.js';
import { eventually } from '../../support/eventually.js';
import { heldLimiter } from './held-limiter.js';
import { isFree, openSocket } from './raw.js';
import { closeServers, serve } from './with-server.js';

afterEach(closeServers);

test.each([
  ['wait=5', 5],
  ['respond-async, wait=10', 10],
  ['WAIT = "7"; foo', 7],
  ['wait=31', 30],
  ['wait=0', 0],
  ['wait=-1', null],
  ['wait=1.5', null],
  ['wait=soon', null],
  ['await=5', null],
  ['', null],
])('Prefer: %s', (header, seconds) => expect(preferredWait(header)).toBe(seconds));

const path = '/api/coupons/issue-status/mine';
const pending = {
  requestId: 'mine',
  couponId: 'spring',
  userId: 'ana',
  status: 'PROCESSING',
  processedAt: null,
} as const;

/** Requests that are decided when the test says so; aborting them ends the wait. */
const undecided = () => {
  const waits: Until[] = [];
  let decide = (): void => undefined;
  const decided = new Promise<void>((resolve) => (decide = resolve));
  const issueStatus: CouponUseCases['issueStatus'] =
    (_, { waitMs, signal } = { waitMs: 0 }) =>
    async () => {
      if (signal === undefined) return E.right(pending);
      waits.push({ waitMs, signal });
      const aborted = new Promise<void>((resolve) => signal.addEventListener('abort', () => resolve()));
      await Promise.race([decided, aborted]);
      return E.right(signal.aborted ? pending : { ...pending, status: 'SUCCESS' });
    };
  return { waits, decide: () => decide(), issueStatus };
};

test('the answer is held until it is final, and says that it was', async () => {
  const { waits, decide, issueStatus } = undecided();
  const { call } = await serve({ issueStatus });
  const answer = call(path, { headers: { prefer: 'wait=30' } });
  await eventually(() => waits.length === 1);
  expect(waits[0]?.waitMs).toBe(30_000);
  decide();
  expect((await answer).headers.get('preference-applied')).toBe('wait=30');
  expect(await (await answer).json()).toMatchObject({ status: 'SUCCESS' });
});

test('who does not ask to wait does not wait', async () => {
  const { issueStatus } = undecided();
  const { call } = await serve({ issueStatus });
  const answer = await call(path);
  expect(answer.headers.has('preference-applied')).toBe(false);
  expect(await answer.json()).toMatchObject({ status: 'PROCESSING' });
});

test('a change is not held back, though how the order was before is read for the record', async () => {
  const waits: unknown[] = [];
  const { call } = await serve(
    {
      orderById: (_, until) => {
        waits.push(until);
        return TE.left({ code: 'ORDER_NOT_FOUND' });
      },
    },
    { acts: { begin: () => TE.right('act'), end: () => undefined } },
  );
  const headers = { prefer: 'wait=30', 'content-type': 'application/json' };
  expect((await call('/api/orders/mine/ship', { method: 'POST', headers, body: '{}' })).status).toBe(200);
  expect(waits).toEqual([undefined]);
});

test('it works by coupon and user as well', async () => {
  const seen: Array<number | undefined> = [];
  const { call } = await serve({
    issueStatusOf: (_, __, until) => async () => {
      seen.push(until?.waitMs);
      return E.right({ status: 'PENDING' });
    },
  });
  const answer = await call('/api/coupons/spring/issue-status?userId=ana', { headers: { prefer: 'wait=2' } });
  expect([seen, answer.headers.get('preference-applied')]).toEqual([[2_000], 'wait=2']);
});

test('a client that leaves is waited for no longer', async () => {
  const { waits, issueStatus } = undecided();
  const { call } = await serve({ issueStatus });
  const leaving = new AbortController();
  const answer = call(path, { headers: { prefer: 'wait=30' }, signal: leaving.signal });
  await eventually(() => waits.length === 1);
  leaving.abort();
  await expect(answer).rejects.toThrow();
  await eventually(() => waits[0]?.signal.aborted === true);
});

test('a client that left before it began to wait is not waited for, nor one who waits for another answer first', async () => {
  const { limiter, spent, release } = heldLimiter();
  const { waits, issueStatus } = undecided();
  const asked: unknown[] = [];
  const { port } = await serve(
    {
      issueStatus: (ids, until) => {
        asked.push(until);
        return issueStatus(ids, until);
      },
    },
    { limits: { connections: 1 }, rateLimits: { user: null, address: limiter } },
  );
  const { socket } = openSocket(port);
  socket.write(`GET ${path} HTTP/1.1\r\nHost: localhost\r\nPrefer: wait=30\r\n\r\n`.repeat(2));
  await eventually(() => spent.length === 2);
  socket.resetAndDestroy();
  await isFree(port);
  release();
  await eventually(() => asked.length === 2);
  expect(waits).toEqual([]);
});

test('beyond so many who wait the answer comes at once, and there is room again when one has left', async () => {
  const { waits, issueStatus } = undecided();
  const { call } = await serve({ issueStatus }, { limits: { waiting: 1 } });
  const headers = { prefer: 'wait=30' };
  const leaving = new AbortController();
  const first = call(path, { headers, signal: leaving.signal });
  await eventually(() => waits.length === 1);
  const second = await call(path, { headers });
  expect(second.headers.has('preference-applied')).toBe(false);
  leaving.abort();
  await expect(first).rejects.toThrow();
  await eventually(async () => {
    const asked = new AbortController();
    const answer = call(path, { headers, signal: asked.signal }).catch(() => null);
    const held = await Promise.race([answer.then(() => false), eventually(() => waits.length > 1)]);
    asked.abort();
    return held;
  });
});

test('a request that waits does not count as in progress: others are served meanwhile', async () => {
  const { waits, decide, issueStatus } = undecided();
  const { call } = await serve({ issueStatus }, { limits: { inFlight: 1 } });
  const held = call(path, { headers: { prefer: 'wait=30' } });
  await eventually(() => waits.length === 1);
  expect((await call('/api/coupons/spring')).status).toBe(200);
  decide();
  expect((await held).status).toBe(200);
});

test('who waits while the server drains is answered with what is known', async () => {
  const { waits, issueStatus } = undecided();
  const { call, server } = await serve({ issueStatus });
  const held = call(path, { headers: { prefer: 'wait=30' } });
  await eventually(() => waits.length === 1);
  const closed = server.close({ timeoutMs: 10_000 });
  expect(await (await held).json()).toMatchObject({ status: 'PROCESSING' });
  await closed;
});
