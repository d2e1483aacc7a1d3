import { once } from 'node:events';
import { createServer, type Server } from 'node:net';
import { readHolder } from '../../src/adapters/embedded/environment/index.js';
import { describeWithNamespaces } from '../support/engines/describe-with-namespaces.js';
import { describeWith } from '../support/engines/describe-with.js';
import { freePort } from '../support/engines/free-port.js';
import { startOwnEventStore } from '../support/engines/own-event-store.js';
import { startOwnRedis } from '../support/engines/own-redis.js';
import { eventually } from '../support/eventually.js';
import { startBoxed, startBoxedServer } from '../support/server/boxed.js';
import { builtDist } from '../support/server/built-dist.js';
import { startChildServer } from '../support/server/child-server.js';
import { tempDirs } from '../support/temp-dir.js';

const newDir = tempDirs();
const open: Server[] = [];
afterEach(() => open.splice(0).forEach((server) => server.close()));

/** A server that takes connections and never says a word; and how many came. */
const silent = async (): Promise<{ readonly port: number; readonly came: () => number }> => {
  let came = 0;
  const server = createServer((socket) => {
    came += 1;
    socket.on('error', () => undefined).resume();
  }).listen(0, '127.0.0.1');
  open.push(server);
  await once(server, 'listening');
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('It has no port');
  return { port: address.port, came: () => came };
};

const engines = {
  Redis: (port: number) => ({ REDIS_URL: `redis://127.0.0.1:${port}` }),
  Kafka: (port: number) => ({ KAFKA_BROKERS: `127.0.0.1:${port}` }),
  EventStoreDB: (port: number) => ({ EVENTSTORE_URL: `esdb://127.0.0.1:${port}?tls=false` }),
};
const names = ['Redis', 'Kafka', 'EventStoreDB'] as const;
const signals = ['SIGTERM', 'SIGINT'] as const;
const cases = names.flatMap((name) => signals.map((signal) => [signal, name] as const));

await describeWithNamespaces(() => {
  const boxed = async (variables: Readonly<Record<string, string>>) => {
    const { main } = await builtDist();
    return startBoxed([process.execPath, main], { variables: { DATA_DIR: newDir(), HTTP_PORT: '0', ...variables } });
  };

  test.each(signals)('%s ends process 1, with 0, while it opens its data', async (signal) => {
    const directory = newDir();
    const server = await boxed({ DATA_DIR: directory });
    await eventually(() => expect(readHolder(directory)).not.toBeNull());
    expect(await server.kill(signal)).toMatchObject({ code: 0, stderr: '' });
  });

  test.each(cases)('%s ends process 1, with 0, while %s does not answer', async (signal, name) => {
    const { port, came } = await silent();
    const server = await boxed(engines[name](port));
    await eventually(() => expect(came()).toBeGreaterThan(0));
    expect(await server.kill(signal)).toMatchObject({ code: 0 });
  });

  test.each(names)('SIGTERM ends process 1, with 0, while there is no %s at all', async (name) => {
    const server = await boxed({ LOG_LEVEL: 'info', ...engines[name](await freePort()) });
    await eventually(() => expect(server.said()).not.toBe(''));
    expect(await server.kill('SIGTERM')).toMatchObject({ code: 0 });
  });

  test('SIGTERM ends process 1 that listens, with 0', async () => {
    const server = await startBoxedServer(newDir());
    expect(await server.kill('SIGTERM')).toMatchObject({ code: 0, stderr: '' });
  });

  test('a second signal ends it at once', async () => {
    const server = await startBoxedServer(newDir(), { variables: { DRAIN_NOTICE_MS: '300000' } });
    process.kill(server.pid, 'SIGTERM');
    await eventually(async () => expect((await fetch(`${server.url}/health/ready`)).status).toBe(503));
    expect(await server.kill('SIGTERM')).toMatchObject({ code: 143 });
  });
});

test('Ctrl-C that is heard twice, from the terminal and from npm, ends it as it should', async () => {
  const server = await startChildServer(newDir());
  server.process.kill('SIGINT');
  expect(await server.kill('SIGINT')).toMatchObject({ code: 0 });
});

await describeWith('redis', () => {
  test.each(['killed', 'frozen'] as const)('SIGTERM ends a server whose Redis was %s, with 0', async (how) => {
    const redis = await startOwnRedis();
    const server = await startChildServer(newDir(), { REDIS_URL: redis.url });
    if (how === 'killed') await redis.kill();
    else redis.freeze();
    expect(await server.kill('SIGTERM')).toMatchObject({ code: 0 });
    await redis.stop();
  });
});

test.each(['killed', 'frozen'] as const)('SIGTERM ends a server whose event store was %s, with 0', async (how) => {
  const store = await startOwnEventStore();
  const server = await startChildServer(newDir(), { EVENTSTORE_URL: store.url });
  if (how === 'killed') await store.kill();
  else store.freeze();
  expect(await server.kill('SIGTERM')).toMatchObject({ code: 0 });
  await store.stop();
});
