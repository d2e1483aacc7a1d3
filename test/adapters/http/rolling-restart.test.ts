import { Agent, createServer, request, type IncomingMessage, type ServerResponse } from 'node:http';
import { once } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';
import { eventually } from '../../support/eventually.js';
import { closeServers, serve, type Served } from './with-server.js';

afterEach(closeServers);

/** A small balancer: sends to those that say they are ready, over connections it keeps, and never tries twice. */
const startBalancer = async (behind: () => ReadonlyArray<Served>) => {
  const agents = new Map<number, Agent>();
  const ready = new Set<number>();
  const failures: string[] = [];
  let turn = 0;
  let looking = true;
  const look = async (): Promise<void> => {
    while (looking) {
      await Promise.all(
        behind().map(async ({ port, call }) => {
          const isReady = await call('/health/ready').then(
            ({ ok }) => ok,
            () => false,
          );
          if (isReady) ready.add(port);
          else ready.delete(port);
        }),
      );
      await sleep(20);
    }
  };
  const forward = (incoming: IncomingMessage, response: ServerResponse): void => {
    const ports = [...ready];
    const port = ports[(turn += 1) % ports.length] ?? 0;
    const agent = agents.get(port) ?? new Agent({ keepAlive: true });
    agents.set(port, agent);
    const { url: path, method } = incoming;
    const passed = request({ host: '127.0.0.1', port, path, method, agent, headers: incoming.headers }, (answer) => {
      if (answer.statusCode !== 200) failures.push(`answered ${answer.statusCode}`);
      response.writeHead(answer.statusCode ?? 502);
      answer.pipe(response);
    });
    passed.once('error', ({ message }) => {
      failures.push(message);
      response.writeHead(502).end();
    });
    incoming.pipe(passed);
  };
  const server = createServer(forward).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  const looked = look();
  return {
    url: `http://127.0.0.1:${typeof address === 'object' && address !== null ? address.port : 0}`,
    failures,
    sends: (to: Served): boolean => ready.has(to.port),
    close: async () => {
      looking = false;
      await looked;
      agents.forEach((agent) => agent.destroy());
      server.closeAllConnections();
      server.close();
    },
  };
};

test('servers behind a balancer are replaced one after the other, and nobody is reset or refused', async () => {
  let behind = [await serve(), await serve()];
  const balancer = await startBalancer(() => behind);
  await eventually(() => behind.every(balancer.sends));
  let isSelling = true;
  let answered = 0;
  const customer = async (): Promise<void> => {
    while (isSelling) {
      await (await fetch(`${balancer.url}/api/coupons/c-1`)).text();
      answered += 1;
      await sleep(10);
    }
  };
  const customers = Array.from({ length: 8 }, customer);
  for (const old of [...behind]) {
    const before = answered;
    await eventually(() => answered > before + 50);
    // Much longer than the balancer takes to notice, also on a slow machine.
    await old.server.close({ noticeMs: 3_000, timeoutMs: 30_000 });
    const fresh = await serve();
    behind = [...behind.filter((one) => one !== old), fresh];
    await eventually(() => balancer.sends(fresh));
  }
  isSelling = false;
  await Promise.all(customers);
  expect(balancer.failures).toEqual([]);
  await balancer.close();
});
