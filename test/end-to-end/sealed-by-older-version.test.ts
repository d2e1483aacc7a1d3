import { NO_STREAM } from '../../src/application/ports/event-store.js';
import { answerOf } from '../support/answer-of.js';
import { historyOf } from '../support/events/fixtures.js';
import { sealedStore } from '../support/sealed-history.js';
import { http } from '../support/server/http.js';
import { startInProcess } from '../support/server/in-process-server.js';
import { tempDirs } from '../support/temp-dir.js';

const newDir = tempDirs();

test('the console finds a history untouched whose events an older version has recorded and sealed', async () => {
  const directory = newDir();
  const store = await sealedStore(directory);
  const older = historyOf({ after: [], name: 'ProductCreated.1' });
  await answerOf(store.opened.store.append('stock-lamp', NO_STREAM, older));
  await store.sealAll();
  await store.close();

  const server = await startInProcess(directory);
  const { body } = await http(`${server.url}/admin/history/verify`);
  await server.stop();
  expect(body).toMatchObject({ verdict: 'PASS', reasons: [], last: { seal: expect.any(Number) } });
});
