import { createServer, type ServerResponse } from 'node:http';
import { once } from 'node:events';
import { text } from 'node:stream/consumers';
import { z } from 'zod';
import { createHttpClient, type HttpClientOptions } from '../../../src/rehearsal/client/http-client.js';

/** Answers each request as the next of these says, and remembers what was sent. */
const answering = async (answers: ReadonlyArray<(response: ServerResponse) => void>) => {
  const received: string[] = [];
  const authorizations: Array<string | undefined> = [];
  const server = createServer((request, response) => {
    void text(request).then((body) => {
      const answer = answers[received.length] ?? answers.at(-1);
      received.push(body);
      authorizations.push(request.headers.authorization);
      answer?.(response);
    });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  const port = typeof address === 'object' && address !== null ? address.port : 0;
  const clientOf = (options: Partial<HttpClientOptions>) =>
    createHttpClient({ url: `http://127.0.0.1:${port}`, sockets: 1, timeoutMs: 60_000, ...options });
  const close = async (): Promise<void> => {
    server.closeAllConnections();
    server.close();
  };
  return { received, authorizations, clientOf, close };
};

const told =
  (status: number, headers: Record<string, string> = {}) =>
  (response: ServerResponse): void =>
    void response.writeHead(status, headers).end(JSON.stringify({ code: `C${status}` }));

test('what was told to come again, or was cut off, is sent again as it was until it is answered', async () => {
  const cutOff = (response: ServerResponse): void => void response.destroy();
  const { received, clientOf, close } = await answering([
    cutOff,
    told(408),
    told(503, { 'retry-after': '1' }),
    told(201),
  ]);
  const repeated: string[] = [];
  const { signal } = new AbortController();
  const client = clientOf({ persistence: { signal, onRepeat: (why) => void repeated.push(why) } });
  const reply = await client.send({ method: 'POST', path: '/', body: { requestId: 'r-1' } });
  expect(reply).toEqual({ status: 201, body: { code: 'C201' } });
  expect(received).toEqual(Array.from({ length: 4 }, () => '{"requestId":"r-1"}'));
  expect(repeated).toEqual([expect.stringContaining('not answered'), 'POST answered 408', 'POST answered 503']);
  await client.close();
  await close();
});

test('a final answer is taken as it is', async () => {
  const { received, clientOf, close } = await answering([told(409)]);
  const { signal } = new AbortController();
  const client = clientOf({ persistence: { signal } });
  expect(await client.send({ method: 'GET', path: '/' })).toEqual({ status: 409, body: { code: 'C409' } });
  expect(received).toHaveLength(1);
  await client.close();
  await close();
});

test('nothing is sent again once the whole is given up', async () => {
  const { clientOf, close } = await answering([told(503)]);
  const abort = new AbortController();
  const client = clientOf({
    persistence: { signal: abort.signal, onRepeat: () => abort.abort(new Error('given up')) },
  });
  await expect(client.send({ method: 'GET', path: '/' })).rejects.toThrow();
  await client.close();
  await close();
});

test('an operator’s call shows the token, a visitor’s does not', async () => {
  const { authorizations, clientOf, close } = await answering([told(200)]);
  const client = clientOf({ token: 'secret' });
  await client.send({ method: 'GET', path: '/', as: 'operator' });
  await client.send({ method: 'GET', path: '/' });
  expect(authorizations).toEqual(['Bearer secret', undefined]);
  await client.close();
  await close();
});

test('what is not answered as it should be is told in words', async () => {
  const { clientOf, close } = await answering([told(404)]);
  const client = clientOf({});
  const reading = client.read(z.object({}), { method: 'GET', path: '/' }, 'Reading');
  await expect(reading).rejects.toThrow('Reading: the server answered 404 C404');
  await client.close();
  await close();
});
