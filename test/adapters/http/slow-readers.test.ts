import { mkdir, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import { pathToFileURL } from 'node:url';
import { json } from '../../../src/adapters/http/answer.js';
import { addressOf } from '../../../src/adapters/http/listen.js';
import { Exchange } from '../../../src/adapters/http/exchange.js';
import { newLifecycle } from '../../../src/adapters/http/lifecycle.js';
import { send } from '../../../src/adapters/http/send.js';
import { eventually } from '../../support/eventually.js';
import { tempDirs } from '../../support/temp-dir.js';
import { openSocket } from './raw.js';
import { closeServers, serve } from './with-server.js';

afterEach(closeServers);
const newDir = tempDirs();

const FILE_BYTES = 16 * 2 ** 20;

/** Asks, and reads no more than the first bytes of the answer. */
const askedAndStalled = async (port: number, path: string) => {
  const { socket, ended } = openSocket(port);
  socket.write(`GET ${path} HTTP/1.1\r\nHost: localhost\r\n\r\n`);
  await new Promise<void>((resolve) => socket.once('data', () => resolve(void socket.pause())));
  return { socket, ended };
};

describe('clients that do not read what they asked for', () => {
  it('share the one copy of a file that is in memory', async () => {
    const folder = newDir();
    await mkdir(`${folder}/assets`);
    await writeFile(`${folder}/assets/large.js`, 'x'.repeat(FILE_BYTES));
    const { port } = await serve({}, { consoleFolder: pathToFileURL(`${folder}/`) });
    const before = process.memoryUsage.rss();
    const stalled = await Promise.all(
      Array.from({ length: 20 }, () => askedAndStalled(port, '/console/assets/large.js')),
    );
    expect(process.memoryUsage.rss() - before).toBeLessThan(8 * FILE_BYTES);
    for (const { socket } of stalled) socket.destroy();
  });

  it('are not who waits for what takes long: how far it is, is said again and again', async () => {
    let end: () => void = () => undefined;
    const over = new Promise<void>((resolve) => (end = resolve));
    const server = createServer((req, res) => {
      const run = async (progress: (line: object) => void) => {
        progress({ done: 1 });
        await over;
        return { lastLine: { done: 2 } };
      };
      void send(new Exchange(req, res, 'request-1'), { run }, newLifecycle(), 30);
    });
    await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
    const { url } = addressOf(server.address(), '127.0.0.1');
    let heard = '';
    for await (const text of (await fetch(url)).body?.pipeThrough(new TextDecoderStream()) ?? []) {
      heard += text;
      if (heard.split('\n').length > 3) end();
    }
    expect(heard).toMatch(/^(\{"done":1\}\n){3,}\{"done":2\}\n$/);
    server.close();
  });

  it('are cut off, and who reads all of it is not', async () => {
    let open = 0;
    const large = json(200, 'x'.repeat(FILE_BYTES));
    const server = createServer((req, res) => {
      const answer = req.url === '/large' ? large : json(200, 'small');
      void send(new Exchange(req, res, 'request-1'), answer, newLifecycle(), 300);
    });
    server.on('connection', (socket) => {
      open += 1;
      socket.once('close', () => (open -= 1));
    });
    await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
    const { port, url } = addressOf(server.address(), '127.0.0.1');
    const { socket } = await askedAndStalled(port, '/large');
    await eventually(() => open === 0, 30_000);
    expect(await (await fetch(`${url}/large`)).text()).toHaveLength(FILE_BYTES + 2);
    expect(await (await fetch(`${url}/small`)).json()).toBe('small');
    socket.destroy();
    server.close();
    server.closeAllConnections();
  });
});
