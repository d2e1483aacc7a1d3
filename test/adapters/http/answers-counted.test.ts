import { type HttpServerOptions } from '../../../src/adapters/http/options.js';
import { UnreadableStream } from '../../../src/application/kernel/writer/load-aggregate.js';
import { recorded } from '../../support/in-memory/recorded.js';
import { closeServers, serve } from './with-server.js';

afterEach(closeServers);

type Count = NonNullable<HttpServerOptions['count']>;
type Observe = NonNullable<HttpServerOptions['observe']>;

/** What was counted since the server began, what it began with, and what took how long. */
const counting = () => {
  const [counted, begunWith, took]: [unknown[], unknown[], unknown[]] = [[], [], []];
  const count: Count = (name, labels, by) => void (by === 0 ? begunWith : counted).push([name, labels]);
  const observe: Observe = (name, seconds, labels) => void took.push([name, seconds >= 0, labels]);
  return { counted, begunWith, took, options: { count, observe } };
};
const created = { method: 'POST', route: '/api/coupons' };
const seen = { method: 'GET', route: '/api/coupons/:couponId' };

test('every answer is counted by its route and status, and how long it took is taken down', async () => {
  const { counted, took, options } = counting();
  const { call, post } = await serve({}, options);
  await call('/api/coupons/spring');
  await post('/api/coupons', {});
  expect(counted).toStrictEqual([
    ['http_requests_total', { ...seen, status: '200' }],
    ['http_requests_total', { ...created, status: '400' }],
  ]);
  expect(took).toStrictEqual([
    ['http_request_seconds', true, seen],
    ['http_request_seconds', true, created],
  ]);
});

test.each([
  ['a bug', new TypeError('a bug'), '500'],
  ['an event that cannot be read', new UnreadableStream(recorded({ type: 'CouponFramed' }, 3), 'unknown'), '503'],
])(
  '%s is counted like any answer, and an error of each route is seen to grow from its first one on',
  async (_, error, status) => {
    const { counted, begunWith, took, options } = counting();
    const couponById = () => () => Promise.reject(error);
    const { call } = await serve({ couponById }, options);
    expect(begunWith).toContainEqual(['http_requests_total', { ...seen, status: '500' }]);
    expect((await call('/api/coupons/spring')).status).toBe(Number(status));
    expect(counted).toStrictEqual([['http_requests_total', { ...seen, status }]]);
    expect(took).toStrictEqual([['http_request_seconds', true, seen]]);
  },
);

test('who is turned away because too much is asked at once is counted', async () => {
  const { counted, options } = counting();
  const { call } = await serve({}, { ...options, limits: { inFlight: 0 } });
  expect((await call('/api/coupons/spring')).status).toBe(503);
  expect(counted).toStrictEqual([['http_requests_total', { method: '*', route: '*', status: '503' }]]);
});
