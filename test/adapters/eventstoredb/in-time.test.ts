import { connect, createServer, type AddressInfo } from 'node:net';
import { once } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';
import { inTime, NoAnswer } from '../../../src/adapters/eventstoredb/in-time.js';

const LIMIT_MS = 200;

/** This process does nothing else for so long, as under a heavy load. */
const standStill = (ms: number): void => {
  for (const until = performance.now() + ms; performance.now() < until;);
};

describe('An answer in time', () => {
  it('is not missed by a process that stood still itself: the answer was there all the time', async () => {
    const server = createServer((socket) => socket.end('answer'));
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    const address: AddressInfo | string | null = server.address();
    const port = address !== null && typeof address === 'object' ? address.port : 0;
    const answer = inTime(LIMIT_MS, async () => {
      const socket = connect(port, '127.0.0.1');
      await once(socket, 'data');
      return 'answered';
    });
    standStill(5 * LIMIT_MS);
    expect(await answer).toBe('answered');
    server.close();
  });

  it('is not there when nothing comes: the work is told that nobody waits any longer', async () => {
    const seen: AbortSignal[] = [];
    const never = inTime(LIMIT_MS, ({ signal }) => {
      seen.push(signal);
      return new Promise(() => undefined);
    });
    await expect(never).rejects.toThrow(NoAnswer);
    expect(seen.map(({ aborted }) => aborted)).toEqual([true]);
  });

  it('may take longer while more and more comes in, but not for ever', async () => {
    const slow = inTime(LIMIT_MS, async ({ signOfLife }) => {
      for (let step = 0; step < 8; step++) {
        await sleep(LIMIT_MS / 4);
        signOfLife();
      }
      return 'all of it';
    });
    expect(await slow).toBe('all of it');
    const endless = inTime(LIMIT_MS, async ({ signOfLife, signal }) => {
      while (!signal.aborted) {
        await sleep(LIMIT_MS / 20);
        signOfLife();
      }
    });
    await expect(endless).rejects.toThrow(NoAnswer);
  });
});
