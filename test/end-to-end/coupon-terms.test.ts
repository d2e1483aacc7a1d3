import { type RunningServer } from '../../src/infrastructure/start-server.js';
import { eventually } from '../support/eventually.js';
import { http } from '../support/server/http.js';
import { startInProcess } from '../support/server/in-process-server.js';
import { tempDirs } from '../support/temp-dir.js';

const newDir = tempDirs();
const past = '2020-01-01T00:00:00.000Z';
const future = '2090-01-01T00:00:00.000Z';

describe('The terms of a coupon', () => {
  let server: RunningServer;
  beforeAll(async () => {
    server = await startInProcess(newDir());
  });
  afterAll(() => server.stop());

  const get = (path: string) => http(`${server.url}${path}`, undefined, { prefer: 'wait=20' });
  const post = (path: string, body: object) => http(`${server.url}${path}`, body);
  const patch = async (couponId: string, body: object) => {
    const answer = await fetch(`${server.url}/api/coupons/${couponId}`, {
      method: 'PATCH',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ actor: 'olga', reason: 'a test', ...body }),
    });
    const told: unknown = await answer.json();
    return { status: answer.status, body: told };
  };
  const create = (couponId: string, terms: object = {}) =>
    post('/api/coupons', { couponId, name: 'A', quantity: 9, discount: { kind: 'AMOUNT', value: 1 }, ...terms });
  const issue = async (couponId: string, userId: string) => {
    const asked = await post(`/api/coupons/${couponId}/issue`, { userId });
    return asked.status === 202 ? (await get(asked.headers.get('location') ?? '')).body['status'] : asked.body['code'];
  };
  const held = async (userId: string) => (await get(`/api/users/${userId}/coupons`)).body['items'];

  test('say apart when giving out ends and when using ends', async () => {
    expect(await create('c1', { usableUntil: future })).toMatchObject({ status: 201, body: { usableUntil: future } });
    expect(await issue('c1', 'ana')).toBe('SUCCESS');
    expect(await patch('c1', { closesAt: past, name: 'B' })).toMatchObject({
      status: 200,
      body: { name: 'B', closesAt: past, usableUntil: future, status: 'CLOSED' },
    });
    await eventually(async () => expect(await issue('c1', 'ben')).toBe('CLOSED'));
    await eventually(async () =>
      expect(await held('ana')).toMatchObject([{ name: 'B', status: 'AVAILABLE', expiresAt: future }]),
    );
    expect(await patch('c1', { usableUntil: past })).toMatchObject({ status: 200, body: { usableUntil: past } });
    await eventually(async () => expect(await held('ana')).toMatchObject([{ status: 'EXPIRED', expiresAt: past }]));
    expect(await patch('c1', { closesAt: null, usableUntil: null })).toMatchObject({
      body: { closesAt: null, usableUntil: null, status: 'OPEN' },
    });
    await eventually(async () => expect(await issue('c1', 'cid')).toBe('SUCCESS'));
  });

  test('let using end with giving out where nothing else was said', async () => {
    expect(await create('c2', { closesAt: future })).toMatchObject({ body: { usableUntil: future } });
    expect(await issue('c2', 'dan')).toBe('SUCCESS');
    await patch('c2', { closesAt: past });
    await eventually(async () => expect(await held('dan')).toMatchObject([{ status: 'EXPIRED', expiresAt: past }]));
  });

  test('are changed once by a request, and not to end before they begin', async () => {
    await create('c3', { opensAt: '2080-01-01T00:00:00.000Z' });
    expect(await patch('c3', { closesAt: past })).toMatchObject({ status: 400 });
    expect(await patch('c3', { name: 'X', requestId: 'r' })).toMatchObject({ status: 200, body: { name: 'X' } });
    expect(await patch('c3', { name: 'X', requestId: 'r' })).toMatchObject({ status: 200, body: { name: 'X' } });
    expect(await patch('c3', { name: 'Y', requestId: 'r' })).toMatchObject({
      status: 409,
      body: { code: 'REQUEST_ID_REUSED' },
    });
    expect(await patch('nope', { name: 'Y' })).toMatchObject({ status: 404 });
  });
});
