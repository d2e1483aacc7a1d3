import { taskEither as TE } from 'fp-ts';
import { type AdminUseCases } from '../../../src/adapters/http/route-table.js';
import { type EngineState } from '../../../src/adapters/http/options.js';
import { type ActToRecord } from '../../../src/application/operating/audit-trail/record-acts.js';
import { recognized } from '../../support/recognized.js';
import { fakeUseCases, topicReplayed } from './fake-use-cases.js';
import { recorded } from './recorded.js';
import { closeServers, serve } from './with-server.js';

afterEach(closeServers);

const ndjson = { accept: 'application/x-ndjson' };

const linesOf = async (answer: Response): Promise<ReadonlyArray<unknown>> =>
  (await answer.text())
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line));

describe('health', () => {
  const ready = async (engines: Record<string, EngineState>): Promise<readonly [number, unknown]> => {
    const { call } = await serve({}, { health: async () => engines });
    const answer = await call('/health/ready');
    return [answer.status, await answer.json()];
  };

  test('ready when all engines are', async () => {
    expect(await ready({ log: 'ok' })).toEqual([200, { status: 'ok', engines: { log: 'ok' } }]);
  });

  test('ready, though degraded, while one limps', async () => {
    expect(await ready({ log: 'ok', gate: 'degraded' })).toMatchObject([200, { status: 'degraded' }]);
  });

  test('not ready while one is down', async () => {
    const engines = { log: 'down', gate: 'ok' } as const;
    expect(await ready(engines)).toMatchObject([503, { code: 'NOT_READY', engines }]);
  });

  test('live whatever the engines do', async () => {
    const { call } = await serve({}, { health: async () => ({ log: 'down' }) });
    expect((await call('/health/live')).status).toBe(200);
  });
});

test('metrics are text', async () => {
  const { call } = await serve();
  const answer = await call('/metrics');
  expect(answer.headers.get('content-type')).toBe('text/plain; version=0.0.4');
  expect(await answer.text()).toContain('coupon_issue_count 1');
});

describe('the token of the operators', () => {
  const adminToken = 'a-token-of-operators';
  const coupon = { name: 'x', quantity: 1, discount: { kind: 'PERCENT', value: 1 } };

  test.each([
    ['/api/coupons', coupon],
    ['/api/coupons/spring/pause', {}],
    ['/api/coupons/spring/resume', {}],
    ['/api/coupons/spring/quantity', { quantity: 1 }],
    ['/admin/reconcile', {}],
  ])('is asked for at POST %s', async (path, body) => {
    const { post } = await serve({}, { adminToken });
    for (const authorization of [
      '',
      `Bearer ${adminToken}x`,
      `Basic ${adminToken}`,
      'Bearer',
      `Bearer  ${adminToken} x`,
    ]) {
      const refused = await post(path, body, { authorization });
      expect([refused.status, await refused.json()]).toMatchObject([401, { code: 'UNAUTHENTICATED' }]);
      expect(refused.headers.get('www-authenticate')).toMatch('Bearer');
    }
    expect((await post(path, body, { authorization: `Bearer ${adminToken}` })).ok).toBe(true);
  });

  test('is not asked of those who only want a coupon', async () => {
    const { call, post } = await serve({}, { adminToken });
    expect((await call('/api/coupons/spring')).status).toBe(200);
    expect((await post('/api/coupons/spring/issue', { userId: 'ana' })).status).toBe(202);
    expect((await call('/admin/projections')).status).toBe(401);
  });

  test('protects what was answered to a key as well', async () => {
    const { post } = await serve({}, { adminToken });
    const key = { 'idempotency-key': 'key-1' };
    await post('/api/coupons', coupon, { ...key, authorization: `Bearer ${adminToken}` });
    expect((await post('/api/coupons', coupon, key)).status).toBe(401);
  });
});

test('without a token every caller from the same machine is an operator', async () => {
  const { call } = await serve();
  expect((await call('/admin/projections')).status).toBe(200);
});

describe('projections', () => {
  test('are listed and shown', async () => {
    const { call } = await serve();
    expect(await (await call('/admin/projections')).json()).toMatchObject({ items: [{ view: 'coupon' }] });
    expect(await (await call('/admin/projections/coupon')).json()).toMatchObject({ state: 'LIVE' });
  });

  test('are rebuilt with progress by lines, for who wants lines', async () => {
    const { post } = await serve();
    const answer = await post('/admin/projections/coupon/rebuild', undefined, ndjson);
    expect(answer.headers.get('content-type')).toMatch('application/x-ndjson');
    expect(await linesOf(answer)).toEqual([
      { progress: { events: 5, position: 5, head: 10 } },
      { result: expect.objectContaining({ events: 10 }) },
    ]);
  });

  test('are rebuilt with the result alone, for others', async () => {
    const { post } = await serve();
    expect(await (await post('/admin/projections/coupon/rebuild', { verify: true })).json()).toMatchObject({
      events: 10,
    });
  });

  test('are verified', async () => {
    const { call } = await serve();
    expect(await (await call('/admin/projections/coupon/verify')).json()).toMatchObject({ verdict: 'PASS' });
  });

  test.each([
    ['PROJECTION_NOT_FOUND', 404],
    ['PROJECTION_BUSY', 409],
    ['UNAVAILABLE', 503],
  ] as const)('answer %s as a problem, if nothing was sent before', async (code, status) => {
    const { post } = await serve({ rebuildProjection: () => TE.left({ code }) });
    const answer = await post('/admin/projections/none/rebuild', undefined, ndjson);
    expect([answer.status, await answer.json()]).toMatchObject([status, { code }]);
  });

  test('answer it as the last line, if something was', async () => {
    const rebuildProjection: AdminUseCases['rebuildProjection'] = (_, { onProgress }) => {
      onProgress({ events: 1, position: 1, head: 2 });
      return TE.left({ code: 'UNAVAILABLE' });
    };
    const { post } = await serve({ rebuildProjection });
    const answer = await post('/admin/projections/coupon/rebuild', undefined, ndjson);
    expect(await linesOf(answer)).toMatchObject([{ progress: {} }, { error: { code: 'UNAVAILABLE', status: 503 } }]);
  });
});

describe('dead letters', () => {
  test('are listed by topic and shown', async () => {
    const { call: listDeadLetters, requests } = recorded((_: object) => TE.right({ items: [], nextCursor: null }));
    const { call } = await serve({ listDeadLetters });
    await call('/admin/dead-letters?topic=coupon-issue-requests&limit=5&cursor=c');
    expect(requests).toEqual([{ topic: 'coupon-issue-requests', status: 'OPEN', limit: 5, cursor: 'c' }]);
    expect(await (await call('/admin/dead-letters/letter-1')).json()).toMatchObject({ id: 'letter-1' });
  });

  test('are put back, one or a topic, first for show', async () => {
    const one = recorded((said: Parameters<AdminUseCases['replayDeadLetter']>[1] & { readonly id: string }) =>
      fakeUseCases.replayDeadLetter(said.id, said),
    );
    const many = recorded((_: object) => TE.right(topicReplayed));
    const replayDeadLetter: AdminUseCases['replayDeadLetter'] = (id, said) => one.call({ id, ...said });
    const { post } = await serve({ replayDeadLetter, replayDeadLetters: many.call });
    await post('/admin/dead-letters/letter-1/replay', { dryRun: true }, { 'x-actor': 'kim' });
    expect(one.requests).toEqual([
      { id: 'letter-1', dryRun: true, actor: 'kim', reason: 'none given', correlationId: expect.any(String) },
    ]);
    await post('/admin/dead-letters/replay', {
      topic: 'coupon-issue-requests',
      rate: 10,
      actor: 'kim',
      reason: 'fixed',
    });
    const asked = { topic: 'coupon-issue-requests', dryRun: false, rate: 10, actor: 'kim', reason: 'fixed' };
    expect(many.requests).toMatchObject([{ ...asked, correlationId: expect.any(String) }]);
  });

  test('are given up only with a reason', async () => {
    const { post } = await serve();
    expect((await post('/admin/dead-letters/letter-1/discard', {})).status).toBe(400);
    expect((await post('/admin/dead-letters/letter-1/discard', { reason: 'a test' })).status).toBe(200);
  });

  test('that are not there are not found', async () => {
    const { call } = await serve({ showDeadLetter: () => TE.left({ code: 'DEAD_LETTER_NOT_FOUND' }) });
    expect((await call('/admin/dead-letters/none')).status).toBe(404);
  });
});

test('a sale is verified', async () => {
  const { call } = await serve();
  expect(await (await call('/admin/coupons/spring/verify')).json()).toEqual({ verdict: 'PASS', reasons: [] });
});

test('a reconciliation only looks unless told to heal', async () => {
  const { call: reconcile, requests } = recorded((_: object) => TE.right({ findings: [], healed: 0 }));
  const { post } = await serve({ reconcile });
  await post('/admin/reconcile');
  await post('/admin/reconcile', { heal: true });
  expect(requests).toMatchObject([{ heal: false }, { heal: true }]);
});

test('an event that does not exist is not found, rather than shown as one that nobody has paid for', async () => {
  const { call } = await serve({ eventById: () => TE.left({ code: 'EVENT_NOT_FOUND' }) });
  const answer = await call('/admin/events/galla/orders');
  expect(answer.status).toBe(404);
  expect(await answer.json()).toMatchObject({ code: 'EVENT_NOT_FOUND' });
});

test('a name in X-Actor may be in any language, in UTF-8', async () => {
  const undone = recorded(fakeUseCases.compensateSaga);
  const { post } = await serve({ compensateSaga: undone.call });
  await post('/admin/sagas/order-1/compensate', {}, { 'x-actor': Buffer.from('김올가').toString('latin1') });
  expect(undone.requests).toMatchObject([{ actor: '김올가' }]);
});

test('who says no name is the actor by the name that their credential has', async () => {
  const undone = recorded(fakeUseCases.compensateSaga);
  const operator = recognized({ kind: 'operator', name: 'olga' });
  const { post } = await serve({ compensateSaga: undone.call }, { identify: () => TE.right(operator) });
  const authorization = 'Bearer hers';
  await post('/admin/sagas/order-1/compensate', {}, { authorization });
  await post('/admin/sagas/order-1/compensate', {}, { authorization, 'x-actor': 'kim' });
  expect(undone.requests).toMatchObject([{ actor: 'olga' }, { actor: 'kim' }]);
});

test('why something was deleted is recorded, though a DELETE says it in its query', async () => {
  const begin = recorded((_: ActToRecord) => TE.right('act'));
  const { call } = await serve({}, { acts: { begin: begin.call, end: () => undefined } });
  await call('/admin/webhooks/erp?reason=moved%20away', { method: 'DELETE' });
  await call('/admin/webhooks/erp', { method: 'DELETE' });
  await call('/admin/users/ana/personal-data?reason=Ana%20asked', { method: 'DELETE' });
  expect(begin.requests.map(({ asked }) => asked)).toEqual([
    '{"reason":"moved away"}',
    null,
    '{"reason":"(personal data)"}',
  ]);
});
