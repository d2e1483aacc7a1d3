import { createServer, type RequestListener } from 'node:http';
import { once } from 'node:events';
import { either as E } from 'fp-ts';
import { derivedSecrets } from '../../../src/adapters/standard-webhooks/derived-secrets.js';
import { webhookSender } from '../../../src/adapters/standard-webhooks/webhook-sender.js';
import { systemClock } from '../../../src/infrastructure/system/system-clock.js';

const closing: Array<() => void> = [];
afterEach(() => {
  for (const close of closing.splice(0)) close();
});

const listening = async (answer: RequestListener): Promise<number> => {
  const server = createServer(answer).listen(0, '127.0.0.1');
  await once(server, 'listening');
  closing.push(() => {
    server.closeAllConnections();
    server.close();
  });
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('It has no port');
  return address.port;
};
const sender = (options: { readonly allowsPrivate?: boolean; readonly timeoutMs?: number } = {}) => {
  const made = webhookSender({ timeoutMs: 60_000, allowsPrivate: true, clock: systemClock, ...options });
  closing.push(made.close);
  return (url: string) =>
    made.send(
      { url, secrets: [derivedSecrets('a secret of the shop')('endpoint-1', 1)] },
      { id: 'message-1', headers: { 'content-type': 'application/json' }, body: '{}' },
    )();
};
const failureOf = (sent: E.Either<{ readonly failure: string }, void>): string =>
  E.isLeft(sent) ? sent.left.failure : 'delivered';

test.each(['127.0.0.1', 'localhost', '[::1]', '10.0.0.1', '169.254.169.254', '[::ffff:10.0.0.1]', '0.0.0.0'])(
  'nothing is sent to %s, which is an address inside',
  async (host) => {
    let asked = 0;
    const port = await listening((_, response) => {
      asked += 1;
      response.end();
    });
    const send = sender({ allowsPrivate: false });
    for (const url of [`http://${host}:${port}/`, `https://${host}:${port}/`])
      expect(failureOf(await send(url))).toMatch(/is not allowed|ENOTFOUND/);
    expect(asked).toBe(0);
  },
);

test('a redirect is a failure: it might lead inside', async () => {
  const asked: Array<string | undefined> = [];
  const port = await listening(({ url }, response) => {
    asked.push(url);
    response.writeHead(307, { location: '/inside' }).end();
  });
  expect(failureOf(await sender()(`http://127.0.0.1:${port}/`))).toBe('it answered 307');
  expect(asked).toEqual(['/']);
});

test('a receiver that never ends its answer is not listened to for long', async () => {
  const port = await listening((_, response) => {
    const more = (): void => {
      while (response.write('x'.repeat(10_000)));
      response.once('drain', more);
    };
    more();
  });
  expect(failureOf(await sender()(`http://127.0.0.1:${port}/`))).toBe('delivered');
});

test('a receiver that does not answer is a failure when the time is over', async () => {
  const port = await listening(() => undefined);
  expect(failureOf(await sender({ timeoutMs: 20 })(`http://127.0.0.1:${port}/`))).toBe('no answer within 20 ms');
});

test('one that is gone says so', async () => {
  const port = await listening((_, response) => void response.writeHead(410).end());
  expect(await sender()(`http://127.0.0.1:${port}/`)).toEqual(E.left({ failure: 'it answered 410', isGone: true }));
});

test('each endpoint and each generation has a secret of its own, the same at any time', () => {
  const [one, other] = [derivedSecrets('a secret of the shop'), derivedSecrets('a secret of another shop')];
  expect(one('endpoint-1', 1)).toBe(derivedSecrets('a secret of the shop')('endpoint-1', 1));
  const all = [one('endpoint-1', 1), one('endpoint-1', 2), one('endpoint-2', 1), other('endpoint-1', 1)];
  expect(new Set(all).size).toBe(4);
});

test('what is told of a failure is short, however much there is to say', async () => {
  const failure = failureOf(await sender()(`http://${'a'.repeat(10_000)}.invalid/`));
  expect(failure).toMatch(/a{100}/);
  expect(failure.length).toBeLessThan(1_000);
});

test.each([
  ['switches to another protocol', 'HTTP/1.1 101 Switching Protocols\r\nConnection: Upgrade\r\nUpgrade: echo\r\n\r\n'],
  ['breaks off', 'HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nhalf'],
  ['closes the connection', ''],
])('a receiver that %s is a failure at once', async (_, answer) => {
  const port = await listening((_request, { socket }) => void socket?.end(answer));
  expect(failureOf(await sender()(`http://127.0.0.1:${port}/`))).toMatch(/socket hang up|without an answer/);
});
