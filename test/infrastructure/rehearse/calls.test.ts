import { createServer, type ServerResponse } from 'node:http';
import { once } from 'node:events';
import { text } from 'node:stream/consumers';
import { Pool } from 'undici';
import { sendOn } from '../../../src/infrastructure/rehearse/calls.js';

/** Answers each request as the next of these says, and remembers what was sent. */
const answering = async (answers: ReadonlyArray<(response: ServerResponse) => void>) => {
  const received: string[] = [];
  const server = createServer((request, response) => {
    void text(request).then((body) => {
      const answer = answers[received.length] ?? answers.at(-1);
      received.push(body);
      answer?.(response);
    });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  const port = typeof address === 'object' && address !== null ? address.port : 0;
  const pool = new Pool(`http://127.0.0.1:${port}`, { connections: 1 });
  const close = async (): Promise<void> => {
    await pool.destroy();
    server.close();
  };
  return { received, pool, close };
};

const told =
  (status: number, headers: Record<string, string> = {}) =>
  (response: ServerResponse): void =>
    void response.writeHead(status, headers).end(JSON.stringify({ code: `C${status}` }));

test('what was told to come again, or was cut off, is sent again as it was until it is answered', async () => {
  const cutOff = (response: ServerResponse): void => void response.destroy();
  const { received, pool, close } = await answering([cutOff, told(408), told(503, { 'retry-after': '1' }), told(201)]);
  const repeated: string[] = [];
  const { signal } = new AbortController();
  const send = sendOn({ signal, onRepeat: (why) => void repeated.push(why) });
  const reply = await send(pool, { method: 'POST', path: '/', body: { requestId: 'r-1' } });
  expect(reply).toEqual({ status: 201, body: { code: 'C201' } });
  expect(received).toEqual(Array.from({ length: 4 }, () => '{"requestId":"r-1"}'));
  expect(repeated).toEqual([expect.stringContaining('not answered'), 'POST answered 408', 'POST answered 503']);
  await close();
});

test('a final answer is taken as it is', async () => {
  const { received, pool, close } = await answering([told(409)]);
  const { signal } = new AbortController();
  expect(await sendOn({ signal })(pool, { method: 'GET', path: '/' })).toEqual({ status: 409, body: { code: 'C409' } });
  expect(received).toHaveLength(1);
  await close();
});

test('nothing is sent again once the whole is given up', async () => {
  const { pool, close } = await answering([told(503)]);
  const abort = new AbortController();
  const sending = sendOn({ signal: abort.signal, onRepeat: () => abort.abort(new Error('given up')) });
  await expect(sending(pool, { method: 'GET', path: '/' })).rejects.toThrow();
  await close();
});
