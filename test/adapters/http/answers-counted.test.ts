import { closeServers, serve } from './with-server.js';

afterEach(closeServers);

test('every answer is counted by its route and status, and how long it took is taken down', async () => {
  const counted: unknown[] = [];
  const took: unknown[] = [];
  const { call, post } = await serve(
    {},
    {
      count: (name, labels) => void counted.push([name, labels]),
      observe: (name, seconds, labels) => void took.push([name, seconds >= 0, labels]),
    },
  );
  await call('/api/coupons/spring');
  await post('/api/coupons', {});
  const created = { method: 'POST', route: '/api/coupons' };
  const seen = { method: 'GET', route: '/api/coupons/:couponId' };
  expect(counted).toStrictEqual([
    ['http_requests_total', { ...seen, status: '200' }],
    ['http_requests_total', { ...created, status: '400' }],
  ]);
  expect(took).toStrictEqual([
    ['http_request_seconds', true, seen],
    ['http_request_seconds', true, created],
  ]);
});
