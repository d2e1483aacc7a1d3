import { type EngineSet, startEngineSet } from '../support/distributed/engine-set.js';
import { describeWith } from '../support/engines/describe-with.js';
import { type RunningServer } from '../../src/infrastructure/start-server.js';
import { eventually } from '../support/eventually.js';
import { http } from '../support/server/http.js';
import { startInProcess } from '../support/server/in-process-server.js';
import { tempDirs } from '../support/temp-dir.js';
import { accessSuite, authenticating, keyOf, tokenOf } from './access.suite.js';
import { IMPATIENT, timelineSuite } from './timeline.suite.js';

await describeWith('kafka', (kafka) => {
  let engines: EngineSet;
  const newDir = tempDirs();

  beforeAll(async () => {
    engines = await startEngineSet(kafka);
  });
  afterAll(() => engines.stop());

  timelineSuite('Kafka, Redis and the stand-in of EventStoreDB', () =>
    startInProcess(newDir(), { ...engines.variables, ...IMPATIENT }),
  );

  describe('with authentication on the same engines', () => {
    const directory = newDir();
    let servers: ReadonlyArray<RunningServer>;
    const urlOf = (nth: number): string => servers[nth]?.url ?? '';
    beforeAll(async () => {
      const variables = { ...engines.variables, ...authenticating(directory) };
      servers = [await startInProcess(directory, variables), await startInProcess(directory, variables)];
    });
    afterAll(() => Promise.all(servers.map(({ stop }) => stop())));

    accessSuite(
      () => directory,
      () => urlOf(0),
    );

    test('a ticket of one process opens a stream at another, once', async () => {
      const headers = { authorization: `Bearer ${await tokenOf(directory, 'ana')}` };
      const { body } = await http(`${urlOf(0)}/api/sse/tickets`, {}, headers);
      const open = async (): Promise<number> => {
        const stream = await fetch(`${urlOf(1)}/api/sse/subscribe/ana?ticket=${String(body['ticket'])}`);
        await stream.body?.cancel();
        return stream.status;
      };
      expect([await open(), await open()]).toEqual([200, 401]);
    });

    test('the board at one process tells what another accepted, as soon as it is decided', async () => {
      const headers = { authorization: `Bearer ${keyOf(directory, 'olga', 'operator')}` };
      const leaving = new AbortController();
      const open = () => fetch(`${urlOf(1)}/admin/stream`, { headers, signal: leaving.signal });
      // A new key is known to every process within half a second.
      const stream = await eventually(async () => {
        const answer = await open();
        expect(answer.status).toBe(200);
        return answer;
      });
      let told = '';
      const listening = (async () => {
        for await (const piece of stream.body ?? []) told += Buffer.from(piece).toString();
      })().catch(() => undefined);
      const coupon = { couponId: 'board', name: 'Board', quantity: 3, discount: { kind: 'PERCENT', value: 10 } };
      await eventually(async () => expect((await http(`${urlOf(0)}/api/coupons`, coupon, headers)).status).toBe(201));
      const ana = { authorization: `Bearer ${await tokenOf(directory, 'ana')}` };
      expect((await http(`${urlOf(0)}/api/coupons/board/issue`, {}, ana)).status).toBe(202);
      await eventually(() => expect(told).toMatch(/"board":\{[^}]*"issued":1/));
      expect(told).toMatch(/"messageLog":"ok"/);
      leaving.abort();
      await listening;
    });
  });
});
