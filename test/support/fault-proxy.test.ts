import { createConnection, createServer, type Server, type Socket } from 'node:net';
import { type FaultProxy, startFaultProxy } from './fault-proxy.js';
import { freePort } from './engines/free-port.js';

describe('a fault proxy', () => {
  let echo: Server;
  let proxy: FaultProxy;
  let client: Socket;
  let heard: string;
  let ended: Promise<void>;

  const open = async () => {
    heard = '';
    client = createConnection(proxy.port, proxy.host);
    client.on('data', (piece) => (heard += piece.toString()));
    client.on('error', () => undefined);
    ended = new Promise<void>((resolve) => client.once('close', () => resolve()));
    await new Promise<void>((resolve) => client.once('connect', () => resolve()));
  };
  const hears = async (text: string) => {
    while (heard !== text) await new Promise((resolve) => client.once('data', resolve));
  };
  const quiet = () => new Promise((resolve) => setTimeout(resolve, 30));

  beforeEach(async () => {
    const port = await freePort();
    echo = createServer((socket) => {
      socket.on('error', () => undefined);
      socket.pipe(socket);
    }).listen(port, '127.0.0.1');
    proxy = await startFaultProxy({ port });
    await open();
  });
  afterEach(async () => {
    client.destroy();
    await proxy.close();
    await new Promise((resolve) => echo.close(resolve));
  });

  it('lets everything through when healthy', async () => {
    client.write('hello');
    await hears('hello');
  });

  it('holds what is sent into a blackhole and delivers it, in order, when healed', async () => {
    proxy.blackhole('toClient');
    client.write('a');
    client.write('b');
    await quiet();
    expect(heard).toBe('');
    expect(proxy.underWay('toClient').toString()).toBe('ab');
    await proxy.heal();
    await hears('ab');
    expect(proxy.underWay('toClient')).toHaveLength(0);
  });

  it('silences the connections there are, without a word, and welcomes new ones', async () => {
    client.write('a');
    await hears('a');
    proxy.silence();
    client.write('b');
    await quiet();
    expect([heard, client.destroyed]).toEqual(['a', false]);
    client.destroy();
    await open();
    client.write('c');
    await hears('c');
  });

  it('loses what is dropped, and resets the connection that lost it', async () => {
    proxy.drop('toClient');
    client.write('lost');
    await quiet();
    await proxy.heal();
    await ended;
    expect(heard).toBe('');
    await open();
    client.write('again');
    await hears('again');
  });

  it('delays every piece without mixing their order', async () => {
    proxy.delay(40);
    const at = Date.now();
    client.write('1');
    await quiet();
    client.write('2');
    await hears('12');
    expect(Date.now() - at).toBeGreaterThanOrEqual(80);
  });

  it('cuts connections and takes new ones', async () => {
    proxy.reset();
    await ended;
    await open();
    client.write('new');
    await hears('new');
  });

  it('is gone for everyone until healed', async () => {
    await proxy.refuse();
    await ended;
    const refused = createConnection(proxy.port, proxy.host);
    const error = await new Promise<NodeJS.ErrnoException>((resolve) => refused.once('error', resolve));
    expect(error.code).toBe('ECONNREFUSED');
    await proxy.heal();
    await open();
    client.write('back');
    await hears('back');
  });
});
