import { runHere } from '../support/command-line.js';
import { startInProcess } from '../support/server/in-process-server.js';
import { tempDirs } from '../support/temp-dir.js';

const newDir = tempDirs();
const before = process.env;
afterEach(() => {
  process.env = before;
});

test('a command that opens the data itself has no balancer to warn, and ends when it has answered', async () => {
  const DATA_DIR = newDir();
  await (await startInProcess(DATA_DIR)).stop();
  process.env = { PATH: before['PATH'], DATA_DIR, DRAIN_NOTICE_MS: '300000' };
  const { code, stdout } = await runHere('projections', 'list');
  expect({ code, stdout }).toMatchObject({ code: 0, stdout: expect.stringContaining('coupons') });
});
