import { type RunningServer } from '../../src/infrastructure/start-server.js';
import { eventually } from '../support/eventually.js';
import { runHere } from '../support/command-line.js';
import { http } from '../support/server/http.js';
import { startInProcess } from '../support/server/in-process-server.js';
import { tempDirs } from '../support/temp-dir.js';

const newDir = tempDirs();
const directory = newDir();
let server: RunningServer;

beforeAll(async () => {
  server = await startInProcess(directory);
});
afterAll(() => server.stop());

const trail = async (query = '') => (await http(`${server.url}/admin/audit${query}`)).body['items'];
const post = (path: string, body: object, headers = {}) => http(`${server.url}${path}`, body, headers);

test('what an operator does is recorded with who, by which route, on what, before and after; actor is a remark', async () => {
  const coupon = { couponId: 'spring', name: 'C', quantity: 5, discount: { kind: 'PERCENT', value: 5 } };
  await post('/api/coupons', coupon, { 'x-request-id': 'creates' });
  await post('/api/coupons/spring/pause', { actor: 'somebody else', reason: 'queue' }, { 'x-request-id': 'pauses' });
  await eventually(async () =>
    expect(await trail()).toMatchObject([
      {
        subject: 'local',
        role: 'operator',
        route: 'POST /api/coupons/:couponId/pause',
        target: '/api/coupons/spring/pause',
        requestId: 'pauses',
        status: 200,
        asked: expect.stringContaining('somebody else'),
        before: expect.stringContaining('"status":"OPEN"'),
        after: expect.stringContaining('"status":"PAUSED"'),
      },
      { route: 'POST /api/coupons', requestId: 'creates', status: 201, before: null },
    ]),
  );
});

test('the command line prints who did what and why', async () => {
  const { code, stdout } = await runHere('audit', '--url', server.url);
  expect(code).toBe(0);
  expect(stdout).toMatch(/ request +│ why +│$/m);
  expect(stdout).toMatch(/ pauses +│ queue +│$/m);
});

test('what is refused is recorded as refused, and a user who only looks or orders is not in it', async () => {
  await post('/api/coupons/nowhere/pause', {}, { 'x-request-id': 'in-vain' });
  await post('/api/coupons/spring/issue', { userId: 'ana' });
  await http(`${server.url}/api/coupons/spring`);
  await eventually(async () => expect(await trail()).toMatchObject([{ requestId: 'in-vain', status: 404 }, {}, {}]));
});

test('it can be asked for by subject, route and time, page by page', async () => {
  const route = encodeURIComponent('POST /api/coupons');
  expect(await trail(`?route=${route}`)).toMatchObject([{ requestId: 'creates' }]);
  expect(await trail(`?route=${route}&subject=local`)).toMatchObject([{ requestId: 'creates' }]);
  expect(await trail('?subject=olga')).toEqual([]);
  expect(await trail('?from=2999-01-01T00:00:00Z')).toEqual([]);
  const first = (await http(`${server.url}/admin/audit?limit=1`)).body;
  expect(first['items']).toMatchObject([{ requestId: 'in-vain' }]);
  const cursor = encodeURIComponent(String(first['nextCursor']));
  expect(await trail(`?limit=1&cursor=${cursor}`)).toMatchObject([{ requestId: 'pauses' }]);
  expect((await http(`${server.url}/admin/audit?cursor=nonsense`)).status).toBe(400);
});

test('it is still there after a restart, and goes on', async () => {
  await server.stop();
  server = await startInProcess(directory);
  await post('/api/coupons/spring/resume', {}, { 'x-request-id': 'resumes' });
  await eventually(async () => {
    expect(await trail()).toMatchObject([{ requestId: 'resumes', status: 200 }, {}, {}, { requestId: 'creates' }]);
  });
});
