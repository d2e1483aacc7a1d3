import { once } from 'node:events';
import { Agent, createServer, request, type IncomingMessage, type ServerResponse } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';

export interface Balancer {
  readonly url: string;
  /** What went wrong between it and a server: connections refused, reset, closed. */
  readonly failures: ReadonlyArray<string>;
  readonly sends: (to: string) => boolean;
  readonly close: () => Promise<void>;
}

const isReady = (url: string): Promise<boolean> =>
  fetch(`${url}/health/ready`).then(
    async (answer) => {
      await answer.arrayBuffer();
      return answer.ok;
    },
    () => false,
  );

/** A small balancer: sends to those that say they are ready, over connections it keeps, and never tries twice. */
export const startBalancer = async (behind: () => ReadonlyArray<string>): Promise<Balancer> => {
  const agents = new Map<string, Agent>();
  const ready = new Set<string>();
  const failures: string[] = [];
  let turn = 0;
  let looking = true;
  const look = async (): Promise<void> => {
    while (looking) {
      await Promise.all(
        [...new Set([...ready, ...behind()])].map(async (url) => {
          if (await isReady(url)) ready.add(url);
          else ready.delete(url);
        }),
      );
      await sleep(20);
    }
  };
  const forward = (incoming: IncomingMessage, response: ServerResponse): void => {
    const urls = [...ready];
    const url = urls[(turn += 1) % urls.length] ?? '';
    const agent = agents.get(url) ?? new Agent({ keepAlive: true });
    agents.set(url, agent);
    const { url: path = '/', method, headers } = incoming;
    const passed = request(new URL(path, url), { method, agent, headers }, (answer) => {
      response.writeHead(answer.statusCode ?? 502, answer.headers);
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
    sends: (to) => ready.has(to),
    close: async () => {
      looking = false;
      await looked;
      agents.forEach((agent) => agent.destroy());
      server.closeAllConnections();
      server.close();
    },
  };
};
