import fc from 'fast-check';
import { either as E } from 'fp-ts';
import { Container } from 'inversify';
import { subscribe, unsubscribe } from 'node:diagnostics_channel';
import { Server } from 'node:http';
import { addressOf } from '../../src/adapters/http/listen.js';
import { loadConfig } from '../../src/infrastructure/config/load-config.js';
import { boundIn } from '../../src/infrastructure/container/bound-in.js';
import { Tokens } from '../../src/infrastructure/container/tokens.js';
import { createPrometheusMetrics } from '../../src/infrastructure/metrics/prometheus-metrics.js';
import { startOpsServer } from '../../src/infrastructure/processes/ops-server.js';
import { sendAndLeave, sendRaw } from '../adapters/http/raw.js';
import { checkedFetch } from '../support/contract/checked-fetch.js';
import { hasIPv6 } from '../support/has-ipv6.js';
import { recordingLog } from '../support/in-memory/quiet.js';
import { bentRequest, hostileRequests, hostileTargets } from '../support/hostile-requests.js';
import { examples } from '../support/examples.js';

let health = 'ok';
afterEach(() => void (health = 'ok'));
const engine = { health: async () => health, close: async () => undefined };

/** The server of health and metrics that a process without the API has, on any free port. */
const opsServer = async (host = '127.0.0.1', log = recordingLog()) => {
  const config = loadConfig({ HTTP_PORT: '0', HTTP_HOST: host });
  if (E.isLeft(config)) throw new Error(config.left.join());
  const container = new Container();
  container.bind(Tokens.Config).toConstantValue(config.right);
  container.bind(Tokens.Logger).toConstantValue(log);
  container.bind(Tokens.Metrics).toConstantValue(createPrometheusMetrics());
  container.bind<unknown>(Tokens.Progress).toConstantValue({ standingStill: () => [] });
  container
    .bind<unknown>(Tokens.Engines)
    .toConstantValue({ events: engine, log: engine, state: engine, trouble: () => null });
  return startOpsServer(boundIn(container));
};

describe('a process without the API', () => {
  let server: Awaited<ReturnType<typeof opsServer>>;
  let port: number;
  beforeAll(async () => {
    server = await opsServer();
    port = Number(new URL(server.url).port);
  });
  afterAll(() => server.stop());
  const isAlive = async (): Promise<void> => expect((await fetch(`${server.url}/health/live`)).status).toBe(200);

  test.each(hostileTargets.map((target) => [target.slice(0, 40), target] as const))(
    'answers GET %s and goes on',
    async (_, target) => {
      const answer = await sendRaw(port, `GET ${target} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n`);
      expect([200, 400, 404, 431]).toContain(answer.status);
      await isAlive();
    },
  );

  test.each(hostileRequests)('survives %s', async (_, bytes) => {
    await sendAndLeave(port, bytes);
    await isAlive();
  });

  test.each([
    ['nonsense', 'nonsense\r\n\r\n', 400],
    ['a request that names no host', 'GET /health/live HTTP/1.1\r\n\r\n', 400],
    ['huge headers', `GET / HTTP/1.1\r\nHost: localhost\r\nX: ${'a'.repeat(40_000)}\r\n\r\n`, 431],
    ['a strange expectation', 'GET / HTTP/1.1\r\nHost: localhost\r\nExpect: miracles\r\n\r\n', 417],
  ])('answers %s with a problem that has an id, as the whole server does', async (_, bytes, status) => {
    const answer = await sendRaw(port, bytes);
    expect(answer.status).toBe(status);
    expect(answer.headers.get('x-request-id')).toMatch(/./);
    expect(JSON.parse(answer.body)).toMatchObject({ status, code: expect.any(String) });
  });

  test('says 404 to a path of two slashes', async () => {
    expect((await sendRaw(port, 'GET // HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n')).status).toBe(404);
  });

  test('survives whatever comes', async () => {
    await fc.assert(
      fc.asyncProperty(bentRequest, async (bytes) => void (await sendAndLeave(port, bytes))),
      { numRuns: examples(60) },
    );
    await isAlive();
  });

  test('answers as the whole server does', async () => {
    for (const path of ['/health/live', '/health/ready', '/metrics', '/nowhere'])
      await checkedFetch(server.url + path, { headers: { 'x-request-id': 'mine' } });
    expect((await checkedFetch(`${server.url}/metrics`, { method: 'PROPFIND' })).status).toBe(405);
    health = 'down';
    const answer = await checkedFetch(`${server.url}/health/ready`);
    expect([answer.status, await answer.json()]).toMatchObject([
      503,
      { code: 'NOT_READY', engines: { messageLog: 'down' } },
    ]);
  });

  test('tells its health and its metrics, also to an absolute target', async () => {
    expect((await checkedFetch(`${server.url}/health/ready`)).status).toBe(200);
    expect(await (await checkedFetch(`${server.url}/metrics`)).text()).toContain('process_cpu_seconds_total');
    const absolute = `GET http://[/health/live HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n`;
    expect((await sendRaw(port, absolute)).status).toBe(200);
  });
});

test('connections that cannot be taken are told once, and are no reason to end', async () => {
  const log = recordingLog();
  const server = await opsServer('127.0.0.1', log);
  const isAlive = async (): Promise<boolean> => (await fetch(`${server.url}/health/live`)).ok;
  // As when the process can open no more files.
  const cannotTake = (message: unknown): void => {
    if (typeof message === 'object' && message !== null && 'server' in message && message.server instanceof Server)
      for (const _ of [1, 2]) message.server.emit('error', new Error('accept ENFILE'));
  };
  subscribe('http.server.request.start', cannotTake);
  try {
    expect(await isAlive()).toBe(true);
  } finally {
    unsubscribe('http.server.request.start', cannotTake);
  }
  expect(log.lines).toEqual(['warn A connection could not be taken']);
  expect(await isAlive()).toBe(true);
  await server.stop();
});

test('its address can be read also where it listens on IPv6', async () => {
  expect(addressOf({ address: '::1', family: 'IPv6', port: 3000 }, '::1').url).toBe('http://[::1]:3000');
  if (!hasIPv6) return;
  const server = await opsServer('::1');
  expect((await fetch(`${server.url}/health/live`)).status).toBe(200);
  await server.stop();
});
