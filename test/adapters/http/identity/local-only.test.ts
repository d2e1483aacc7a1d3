import { IncomingMessage } from 'node:http';
import { Socket } from 'node:net';
import { isLocal } from '../../../../src/adapters/http/identity/authenticate.js';
import { sendRaw } from '../raw.js';
import { closeServers, serve } from '../with-server.js';

afterEach(closeServers);

describe('a server without authentication', () => {
  test.each([['localhost'], ['LocalHost:3000'], ['127.0.0.1'], ['127.0.0.53:80'], ['[::1]:3000']])(
    'answers its machine when called %s',
    async (host) => {
      const { port } = await serve();
      expect(
        await sendRaw(port, `GET /api/coupons/x HTTP/1.1\r\nHost: ${host}\r\nConnection: close\r\n\r\n`),
      ).toMatchObject({ status: 200 });
    },
  );

  test.each([['evil.test'], ['localhost.evil.test'], ['127.0.0.1.evil.test'], ['192.0.2.1'], ['evil.test:127']])(
    'refuses whoever calls it %s: that name may lead to it from another site',
    async (host) => {
      const { port } = await serve();
      const answer = await sendRaw(
        port,
        `GET /admin/projections HTTP/1.1\r\nHost: ${host}\r\nConnection: close\r\n\r\n`,
      );
      expect([answer.status, answer.body]).toEqual([403, expect.stringContaining('LOCAL_ONLY')]);
    },
  );

  test.each([['x-forwarded-for'], ['x-forwarded-host'], ['forwarded'], ['via'], ['x-real-ip']])(
    'refuses what a proxy forwards, told by %s',
    async (header) => {
      const { call } = await serve();
      expect((await call('/admin/projections', { headers: { [header]: '127.0.0.1' } })).status).toBe(403);
    },
  );

  test('refuses HTTP/1.0, in which some proxies forward without a word', async () => {
    const { port } = await serve();
    const answer = await sendRaw(port, 'GET /admin/projections HTTP/1.0\r\nHost: 127.0.0.1\r\n\r\n');
    expect([answer.status, answer.body]).toEqual([403, expect.stringContaining('LOCAL_ONLY')]);
  });

  test.each([['https://evil.test'], ['null'], ['http://localhost.evil.test']])(
    'refuses a page at %s',
    async (origin) => {
      const { call } = await serve();
      expect((await call('/api/coupons/x', { headers: { origin } })).status).toBe(403);
    },
  );

  test('answers its own pages', async () => {
    const { call, url } = await serve();
    expect((await call('/api/coupons/x', { headers: { origin: url } })).status).toBe(200);
  });
});

test('where a request comes from must be known', () => {
  // A socket that leads nowhere.
  expect(isLocal(new IncomingMessage(new Socket()))).toBe(false);
});
