import { once } from 'node:events';
import { Agent, createServer, get, type RequestListener, type Server } from 'node:http';
import { type AddressInfo } from 'node:net';
import { letInFirst } from '../../../src/adapters/http/server.js';

const REGULARS = 30;
const NEWCOMERS = 40;
const WORK_MS = 1;

const listening = async (server: Server): Promise<AddressInfo> => {
  await once(server.listen(0, '127.0.0.1'), 'listening');
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('It does not listen');
  return address;
};

/** How many times those who were there before were served while the newcomers waited for their first answers. */
const servedMeanwhile = async (door: (server: Server, serve: RequestListener) => RequestListener): Promise<number> => {
  let served = 0;
  const server = createServer();
  const work: RequestListener = ({ url }, response) => {
    for (const until = performance.now() + WORK_MS; performance.now() < until;);
    if (url === '/regular') served += 1;
    response.end();
  };
  server.on('request', door(server, work));
  const { port } = await listening(server);
  const agents = Array.from({ length: REGULARS + NEWCOMERS }, () => new Agent({ keepAlive: true, maxSockets: 1 }));
  const ask = (agent: Agent | undefined, path: string): Promise<void> =>
    new Promise((resolve, reject) => {
      get({ host: '127.0.0.1', port, path, ...(agent !== undefined && { agent }) }, (answer) =>
        answer.resume().once('end', resolve),
      ).once('error', reject);
    });

  let isOver = false;
  const regulars = agents.slice(0, REGULARS).map(async (agent) => {
    while (!isOver) await ask(agent, '/regular');
  });
  while (served < 2 * REGULARS) await ask(undefined, '/regular');
  const before = served;
  await Promise.all(agents.slice(REGULARS).map((agent) => ask(agent, '/newcomer')));
  const meanwhile = served - before;
  isOver = true;
  await Promise.all(regulars);
  for (const agent of agents) agent.destroy();
  server.close();
  await once(server, 'close');
  return meanwhile;
};

describe('Many who come at once, while many are served', () => {
  it('are let in within a few rounds of serving the others, not one each round', async () => {
    const oneEachTurn = await servedMeanwhile((_, serve) => serve);
    const letIn = await servedMeanwhile(letInFirst);
    expect(letIn).toBeLessThan(oneEachTurn / 3);
  });

  it('still let the others be served, however many keep coming', async () => {
    let served = 0;
    const server = createServer();
    server.on(
      'request',
      letInFirst(server, ({ url }, response) => {
        if (url === '/regular') served += 1;
        response.end();
      }),
    );
    const { port } = await listening(server);
    const ask = (path: string): Promise<void> =>
      new Promise((resolve, reject) => {
        get({ host: '127.0.0.1', port, path, agent: false }, (answer) => answer.resume().once('end', resolve)).once(
          'error',
          reject,
        );
      });
    const coming = Array.from({ length: 300 }, () => ask('/newcomer'));
    await Promise.all([...coming, ask('/regular'), ask('/regular')]);
    expect(served).toBe(2);
    server.close();
  });
});
