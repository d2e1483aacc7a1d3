import { join } from 'node:path';
import { EventSource } from 'eventsource';
import { createApiKey } from '../../src/adapters/identity/api-keys.js';
import { describeWithNetwork } from '../support/engines/describe-with-network.js';
import { eventually } from '../support/eventually.js';
import { startInProcess } from '../support/server/in-process-server.js';
import { http } from '../support/server/http.js';
import { tempDirs } from '../support/temp-dir.js';
import { waitingRoomClient } from '../support/waiting-room-client.js';

const newDir = tempDirs();
const HOUR = 3_600_000;
/** A heartbeat comes later than a place would be lost without any sign. */
const [IDLE_MS, HEARTBEAT_MS] = [3_000, 4_000];

const listening = (url: string, key: string): string => `
  const answer = await fetch('${url}', { headers: { authorization: 'Bearer ${key}' } });
  for await (const chunk of answer.body) process.stdout.write(chunk);
`;

await describeWithNetwork((network) => {
  test('a client whose network vanished without a word loses stream and waiting place; who is there keeps both', async () => {
    const directory = newDir();
    // Not a loopback address: whoever asks must say who they are.
    const operator = 'a-token-of-operators';
    const service = createApiKey(join(directory, 'api-keys.json'), 'shop', 'service', Date.now()) ?? '';
    const variables = {
      HTTP_HOST: network.host,
      AUTH: 'jwt',
      ADMIN_TOKEN: operator,
      WAITING_IDLE_MS: String(IDLE_MS),
      WAITING_CLAIM_MS: String(HOUR),
    };
    const server = await startInProcess(directory, variables, { sse: { heartbeatMs: HEARTBEAT_MS } });
    const room = waitingRoomClient(server.url, 'gala', { operator, service });
    await room.configure({ activeLimit: 1, activeTtlSeconds: 3_600 });
    const eve = await room.join('eve');
    await eventually(async () => expect((await room.ask(eve.tokenId)).status).toBe('ACTIVE'));
    const stream = (userId: string): string => `${server.url}/api/sse/subscribe/${userId}`;
    let heard = '';
    network.run(listening(stream('ana'), service)).stdout?.on('data', (data: Buffer) => (heard += data.toString()));
    const source = new EventSource(stream('ben'), {
      fetch: (at, init) => fetch(at, { ...init, headers: { ...init.headers, authorization: `Bearer ${service}` } }),
    });
    const metrics = async (): Promise<string> =>
      (await http(`${server.url}/metrics`, undefined, { authorization: `Bearer ${operator}` })).text;
    try {
      await eventually(async () => expect(await metrics()).toMatch(/^sse_connection_count 2$/m));
      const [ana, ben] = [await room.join('ana'), await room.join('ben')];
      await eventually(async () => expect((await room.ask(ben.tokenId)).aheadOfYou).toBe(1));
      // Longer than a place is kept without a sign: the stream alone has kept it.
      await eventually(() => expect(heard).toMatch(/\n:\n/));
      expect(await room.ask(ben.tokenId)).toMatchObject({ status: 'PENDING', aheadOfYou: 1 });

      network.vanish();
      await eventually(async () => expect(await metrics()).toMatch(/^sse_disconnects_total\{why="silent"\} 1$/m));
      expect(await metrics()).toMatch(/^sse_connection_count 1$/m);
      await eventually(async () =>
        expect(await room.ask(ben.tokenId)).toMatchObject({ status: 'PENDING', aheadOfYou: 0 }),
      );
      expect((await room.ask(ana.tokenId)).status).toBe('EXPIRED');
      expect(source.readyState).toBe(source.OPEN);
    } finally {
      source.close();
      await server.stop();
    }
  });
});
