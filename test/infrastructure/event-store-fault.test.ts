import { createServer } from 'node:net';
import { either as E } from 'fp-ts';
import { loadConfig } from '../../src/infrastructure/config/load-config.js';
import { openEngines } from '../../src/infrastructure/engines/open-engines.js';
import { EngineAway } from '../../src/infrastructure/engines/retry-while-engine-away.js';
import { systemClock } from '../../src/infrastructure/system/system-clock.js';
import { rightOf } from '../support/answer-of.js';
import { recordingLog, recordingMetrics } from '../support/in-memory/quiet.js';
import { tempDirs } from '../support/temp-dir.js';

const newDir = tempDirs();

test('a start with an event store that cannot be used as it is named ends with what to change', async () => {
  const config = rightOf(
    loadConfig({ DATA_DIR: newDir(), EVENTSTORE_URL: 'esdb://ops:secret@n1:2113,n2:2113?tlsCAFile=/none/ca.crt' }),
  );
  const context = { config, log: recordingLog(), metrics: recordingMetrics(), clock: systemClock };
  expect(await openEngines(context)()).toEqual(E.left('EVENTSTORE_URL: tlsCAFile: there is no file /none/ca.crt.'));
});

test('a start beside an event store that is away names it, and goes on to wait until it can see whose shop is there', async () => {
  const taken = createServer().listen(0, '127.0.0.1');
  await new Promise((resolve) => taken.once('listening', resolve));
  const address = taken.address();
  const port = typeof address === 'object' && address !== null ? address.port : 0;
  await new Promise((resolve) => taken.close(resolve));
  const config = rightOf(loadConfig({ DATA_DIR: newDir(), EVENTSTORE_URL: `esdb://127.0.0.1:${port}?tls=false` }));
  const log = recordingLog();
  const opened = rightOf(await openEngines({ config, log, metrics: recordingMetrics(), clock: systemClock })());
  expect(log.lines).toContainEqual(
    expect.stringMatching(/^warn The event store cannot be reached at 127\.0\.0\.1:\d+/),
  );
  expect(await opened.events.health()).toBe('down');
  await expect(opened.events.entryFault()).rejects.toThrow(EngineAway);
  await opened.close();
});
