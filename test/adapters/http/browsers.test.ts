import { taskEither as TE } from 'fp-ts';
import { type Identify } from '../../../src/application/ports/identity.js';
import { closeServers, serve } from './with-server.js';
import { allRoutes } from '../../support/contract/all-routes.js';
import { recognized } from '../../support/recognized.js';

afterEach(closeServers);

const shop = 'https://shop.example';
const identify: Identify = () => TE.right(recognized({ kind: 'user', userId: 'ana' }));
const asAna = { authorization: 'Bearer a.b.c' };

describe('a page of another origin', () => {
  const options = { identify, corsOrigins: [shop] };

  it('may call where its origin is named, and reads what it needs to go on', async () => {
    const { url } = await serve({}, options);
    const answer = await fetch(`${url}/api/coupons/spring`, { headers: { origin: shop } });
    expect(answer.headers.get('access-control-allow-origin')).toBe(shop);
    expect(answer.headers.get('access-control-allow-credentials')).toBeNull();
    expect(answer.headers.get('access-control-expose-headers')).toContain('Retry-After');
    expect(answer.headers.get('vary')).toContain('Origin');
  });

  it('is answered what it asks beforehand, without being served', async () => {
    const { url } = await serve({}, options);
    const asked = { origin: shop, 'access-control-request-method': 'POST' };
    const answer = await fetch(`${url}/api/orders`, { method: 'OPTIONS', headers: asked });
    expect(answer.status).toBe(204);
    expect(answer.headers.get('access-control-allow-methods')).toContain('POST');
    const headers = answer.headers.get('access-control-allow-headers')?.split(',');
    expect(headers).toEqual(
      expect.arrayContaining(['Authorization', 'Idempotency-Key', 'Last-Event-ID', 'Waiting-Pass']),
    );
  });

  it('is told the id of what it asks beforehand, as of every request', async () => {
    const { url } = await serve({}, options);
    const asked = { origin: shop, 'access-control-request-method': 'POST', 'x-request-id': 'mine' };
    const answer = await fetch(`${url}/api/orders`, { method: 'OPTIONS', headers: asked });
    expect([answer.status, answer.headers.get('x-request-id')]).toEqual([204, 'mine']);
  });

  it.each([['https://evil.example'], ['https://shop.example.evil.example'], ['null']])(
    'is told nothing at %s',
    async (origin) => {
      const { url } = await serve({}, options);
      const asked = { origin, 'access-control-request-method': 'POST' };
      for (const init of [{ headers: { origin } }, { method: 'OPTIONS', headers: asked }]) {
        const answer = await fetch(`${url}/api/coupons/spring`, init);
        expect(answer.headers.get('access-control-allow-origin')).toBeNull();
      }
    },
  );

  it('is told nothing where no origin is named', async () => {
    const { url } = await serve({}, { identify });
    const answer = await fetch(`${url}/api/coupons/spring`, { headers: { origin: shop } });
    expect(answer.headers.get('access-control-allow-origin')).toBeNull();
  });
});

describe('the form of another site', () => {
  // All that a form can send; `null`: what a page sends that says nothing of its body.
  const ofForms = ['application/x-www-form-urlencoded', 'multipart/form-data; boundary=x', 'text/plain', null];
  const posts = allRoutes()
    .filter(({ method }) => method === 'post')
    .map(({ path }) => path.replaceAll(/:\w+/g, 'spring'));

  it.each(posts)('does nothing at %s, with a body or without', async (path) => {
    const { url } = await serve();
    for (const type of ofForms)
      for (const body of [undefined, '', '{}', new Blob([]).stream()]) {
        const headers = new Headers(type === null ? {} : { 'content-type': type });
        const sent = { method: 'POST', headers, ...(body !== undefined && { body, duplex: 'half' as const }) };
        expect([type, (await fetch(url + path, sent)).status]).toStrictEqual([type, 415]);
      }
  });
});

it('what concerns a user is kept by nobody on its way; what is public may be', async () => {
  const { call } = await serve({}, { identify });
  const headers = asAna;
  expect((await call('/api/users/ana/coupons', { headers })).headers.get('cache-control')).toBe('no-store');
  expect((await call('/api/users/ben/coupons', { headers })).headers.get('cache-control')).toBe('no-store');
  expect((await call('/api/coupons/spring')).headers.get('cache-control')).not.toBe('no-store');
});

it.each(['/', '/docs'])('browsers are told to be careful with the page %s', async (path) => {
  const { call } = await serve();
  const { headers } = await call(path);
  expect(headers.get('x-content-type-options')).toBe('nosniff');
  expect(headers.get('x-frame-options')).toBe('SAMEORIGIN');
  expect(headers.get('referrer-policy')).toBe('no-referrer');
  expect(headers.get('content-security-policy')).toContain("default-src 'none'");
});
