import fc from 'fast-check';
import { bentRequest, hostileRequests } from '../../support/hostile-requests.js';
import { openSocket, sendAndLeave, sendRaw } from './raw.js';
import { closeServers, serve, type Served } from './with-server.js';
import { examples } from '../../support/examples.js';

let served: Served;
beforeAll(async () => {
  served = await serve();
});
afterAll(closeServers);

const send = (bytes: string | Uint8Array): Promise<string> => sendAndLeave(served.port, bytes);
const isAlive = async (): Promise<void> => expect((await served.call('/health/live')).status).toBe(200);

test.each(hostileRequests)('%s hurts nobody else, and is no fault of ours', async (_, bytes) => {
  expect(await send(bytes)).not.toContain('HTTP/1.1 500');
  await isAlive();
  expect(served.errors).toEqual([]);
});

test('whatever comes, the next one is served', async () => {
  await fc.assert(
    fc.asyncProperty(bentRequest, async (bytes) => expect(await send(bytes)).not.toContain('HTTP/1.1 500')),
    { numRuns: examples(60) },
  );
  await isAlive();
  expect(served.errors).toEqual([]);
});

test.each([
  ['twice the same', 'Host: localhost\r\nHost: x'],
  ['two different', 'Host: a\r\nhOST: b'],
  ['one and an empty one', 'Host: a\r\nHost:'],
])('a request names its host once: %s', async (_, hosts) => {
  const answer = await sendRaw(served.port, `GET /health/live HTTP/1.1\r\n${hosts}\r\n\r\n`);
  expect(answer.status).toBe(400);
  expect(JSON.parse(answer.body)).toMatchObject({ code: 'INVALID_REQUEST', errors: [{ path: 'Host' }] });
});

test('of two requests in one go, the one after a broken target is answered too', async () => {
  const bytes =
    'GET //nowhere HTTP/1.1\r\nHost: localhost\r\n\r\nGET /health/live HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n';
  const { socket, ended } = openSocket(served.port);
  socket.write(bytes);
  expect((await ended).match(/HTTP\/1\.1 \d+/g)).toEqual(['HTTP/1.1 404', 'HTTP/1.1 200']);
});
