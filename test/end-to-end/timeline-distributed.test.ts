import { type EngineSet, startEngineSet } from '../support/distributed/engine-set.js';
import { describeWith } from '../support/engines/describe-with.js';
import { type RunningServer } from '../../src/infrastructure/start-server.js';
import { http } from '../support/server/http.js';
import { startInProcess } from '../support/server/in-process-server.js';
import { tempDirs } from '../support/temp-dir.js';
import { accessSuite, authenticating, tokenOf } from './access.suite.js';
import { IMPATIENT, timelineSuite } from './timeline.suite.js';

await describeWith('kafka', () => {
  let engines: EngineSet;
  const newDir = tempDirs();

  beforeAll(async () => {
    engines = await startEngineSet('direct');
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
  });
});
