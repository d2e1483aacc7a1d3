import { type EngineSet, startEngineSet } from '../support/distributed/engine-set.js';
import { describeWith } from '../support/engines/describe-with.js';
import { startInProcess } from '../support/server/in-process-server.js';
import { tempDirs } from '../support/temp-dir.js';
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
});
