import { createServer, type RequestListener, type Server } from 'node:http';
import Koa from 'koa';
import { openSigningKeys } from '../../../src/adapters/embedded/signing-keys/open-signing-keys.js';
import { waitingPass, type WaitingPassOptions } from '../../../src/adapters/http/middleware/waiting-pass.js';
import { jwtPasses } from '../../../src/adapters/jwt/jwt-passes.js';
import { openedDirectory } from '../../support/embedded.js';
import { tempDirs } from '../../support/temp-dir.js';
import { answerOf } from '../../support/answer-of.js';

const DAY = 86_400_000;
const newDir = tempDirs();

describe('the middleware of another service', () => {
  let now: number;
  let directory: Awaited<ReturnType<typeof openedDirectory>>;
  let passes: ReturnType<typeof jwtPasses>;
  const servers: Server[] = [];
  beforeEach(async () => {
    now = Date.UTC(2026, 0, 1, 12);
    directory = await openedDirectory(newDir());
    passes = jwtPasses({ keys: openSigningKeys(directory.root, 'pass-keys'), now: () => now, rotationMs: DAY });
  });
  afterEach(async () => {
    for (const server of servers.splice(0)) {
      server.closeAllConnections();
      server.close();
    }
    await directory.close();
  });

  const listening = async (handle: RequestListener): Promise<string> => {
    const server = createServer(handle);
    servers.push(server);
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const address = server.address();
    return `http://127.0.0.1:${typeof address === 'object' && address !== null ? address.port : 0}`;
  };
  /** A service that sells the gala; `/open` is open to everybody. */
  const service = async (jwks: WaitingPassOptions['jwks']) => {
    const app = new Koa();
    app.silent = true;
    app.use(waitingPass({ jwks, scheduleOf: ({ path: at }) => (at === '/open' ? null : 'gala'), now: () => now }));
    app.use((ctx) => {
      ctx.body = JSON.stringify(ctx.state['waitingPass'] ?? null);
    });
    const handle = app.callback();
    const url = await listening((request, response) => void handle(request, response));
    return async (headers: Record<string, string>, at = '/') => {
      const response = await fetch(`${url}${at}`, { headers });
      const retryAfter = response.headers.get('retry-after');
      return { status: response.status, retryAfter, body: await response.json() };
    };
  };
  /** Where the keys are published: as they should be, or in one of the ways in which that fails. */
  const keyServer = async () => {
    let state: 'well' | 'failing' | 'talking nonsense' | 'gone' = 'well';
    let asked = 0;
    const url = await listening((request, response) => {
      asked += 1;
      if (state === 'gone') return void request.socket.destroy();
      if (state === 'failing') return void response.writeHead(500).end();
      if (state === 'talking nonsense') return void response.end('<html>');
      void answerOf(passes.published()).then((keys) => response.end(JSON.stringify(keys)));
    });
    return {
      url: new URL(`${url}/.well-known/jwks.json`),
      become: (next: typeof state) => void (state = next),
      asked: () => asked,
    };
  };
  const issue = (scheduleId = 'gala', lasts = 600_000): Promise<string> =>
    answerOf(passes.issue({ userId: 'ana', scheduleId, tokenId: 't-1', expiresAt: now + lasts }));

  it.each([
    ['en', 'Waiting required', 'Service unavailable'],
    ['ko-KR,ko;q=0.9', '대기 필요', '사용 불가'],
  ])('says in %s why it refuses', async (language, required, unavailable) => {
    const published = await keyServer();
    published.become('gone');
    const ask = await service(published.url);
    const headers = { 'accept-language': language };
    expect(await ask(headers)).toMatchObject({ status: 403, body: { title: required, code: 'WAITING_REQUIRED' } });
    expect(await ask({ ...headers, 'waiting-pass': await issue() })).toMatchObject({
      status: 503,
      body: { title: unavailable, code: 'UNAVAILABLE' },
    });
  });

  it('lets the holder of a pass through, and nobody else', async () => {
    const ask = await service(await answerOf(passes.published()));
    const pass = await issue();
    const mine = { userId: 'ana', scheduleId: 'gala' };
    expect(await ask({ 'waiting-pass': pass })).toMatchObject({ status: 200, body: mine });
    expect(await ask({ authorization: `Bearer ${pass}` })).toMatchObject({ status: 200 });
    expect(await ask({})).toMatchObject({ status: 403, body: { code: 'WAITING_REQUIRED', scheduleId: 'gala' } });
    expect(await ask({ 'waiting-pass': await issue('other') })).toMatchObject({ status: 403 });
    expect(await ask({}, '/open')).toMatchObject({ status: 200, body: null });
    now += 601_000;
    expect(await ask({ 'waiting-pass': pass })).toMatchObject({ status: 403 });
  });

  it('asks for the keys once, and verifies without asking from then on', async () => {
    const keys = await keyServer();
    const ask = await service(keys.url);
    for (let n = 0; n < 5; n += 1) expect((await ask({ 'waiting-pass': await issue() })).status).toBe(200);
    expect(keys.asked()).toBe(1);
    keys.become('gone');
    expect((await ask({ 'waiting-pass': await issue() })).status).toBe(200);
    expect(keys.asked()).toBe(1);
  });

  it('follows the rotation of the keys: the next one is known before it signs, the one before is good while its passes are', async () => {
    const keys = await keyServer();
    const ask = await service(keys.url);
    const old = await issue('gala', 3 * DAY);
    expect((await ask({ 'waiting-pass': old })).status).toBe(200);
    now += DAY;
    keys.become('gone');
    expect((await ask({ 'waiting-pass': await issue() })).status).toBe(200);
    expect((await ask({ 'waiting-pass': old })).status).toBe(200);
    expect(keys.asked()).toBe(1);
  });

  it('fetches a key it does not know, in a service that has run for longer than a rotation', async () => {
    const keys = await keyServer();
    const ask = await service(keys.url);
    expect((await ask({ 'waiting-pass': await issue() })).status).toBe(200);
    now += 3 * DAY;
    const pass = await issue();
    // Asked a moment ago, it does not ask again for every pass that may be made up.
    const wallClock = Date.now;
    Date.now = () => wallClock() + 31_000;
    try {
      expect((await ask({ 'waiting-pass': pass })).status).toBe(200);
    } finally {
      Date.now = wallClock;
    }
    expect(keys.asked()).toBe(2);
  });

  it.each(['failing', 'talking nonsense', 'gone'] as const)(
    'says to come again, not that a pass is bad, while the keys cannot be had: %s',
    async (how) => {
      const keys = await keyServer();
      const ask = await service(keys.url);
      const pass = await issue();
      keys.become(how);
      const answer = await ask({ 'waiting-pass': pass });
      expect(answer).toMatchObject({ status: 503, retryAfter: '1', body: { code: 'UNAVAILABLE', status: 503 } });
      // What is no pass at all needs no key to be refused.
      expect((await ask({})).status).toBe(403);
      expect((await ask({ 'waiting-pass': 'nonsense' })).status).toBe(403);
      keys.become('well');
      expect((await ask({ 'waiting-pass': pass })).status).toBe(200);
    },
  );
});
