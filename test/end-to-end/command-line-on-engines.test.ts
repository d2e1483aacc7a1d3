import { join } from 'node:path';
import { readFileSync } from 'node:fs';
import { runHere } from '../support/command-line.js';
import { describeWith } from '../support/engines/describe-with.js';
import { startOwnEventStore } from '../support/engines/own-event-store.js';
import { startOwnRedis } from '../support/engines/own-redis.js';
import { http } from '../support/server/http.js';
import { startInProcess } from '../support/server/in-process-server.js';
import { tempDirs } from '../support/temp-dir.js';

const newDir = tempDirs();

/** A command with the environment of a server. */
const runWith = async (variables: Readonly<Record<string, string>>, ...args: ReadonlyArray<string>) => {
  const before = process.env;
  process.env = { PATH: before['PATH'], ...variables };
  try {
    return await runHere(...args);
  } finally {
    process.env = before;
  }
};

const coupon = { couponId: 'spring', name: 'Spring', quantity: 5, discount: { kind: 'PERCENT', value: 10 } };

test('the history on an event store is verified and exported beside the server that keeps all else in its data directory', async () => {
  const eventStore = await startOwnEventStore();
  const variables = { DATA_DIR: newDir(), EVENTSTORE_URL: eventStore.url };
  const server = await startInProcess(variables.DATA_DIR, variables);
  expect((await http(`${server.url}/api/coupons`, coupon)).status).toBe(201);
  const verified = await runWith(variables, 'verify', 'history');
  expect(verified).toMatchObject({ code: 0, stdout: expect.stringMatching(/^PASS history/), stderr: '' });
  const file = join(newDir(), 'history.ndjson');
  expect(await runWith(variables, 'export', '--to', file)).toMatchObject({ code: 0, stderr: '' });
  expect(readFileSync(file, 'utf8')).toContain('coupon-spring');
  await server.stop();
  await eventStore.stop();
});

await describeWith('redis', () => {
  test('a command that is run while no process answers requests is not taken for one that does', async () => {
    const redis = await startOwnRedis();
    const variables = { DATA_DIR: newDir(), REDIS_URL: redis.url };
    const server = await startInProcess(variables.DATA_DIR, variables);
    await server.stop();
    expect(await redis.ask('DEL presence:.api')).toBe(':1');
    expect(await runWith(variables, 'projections', 'list')).toMatchObject({ code: 0, stderr: '' });
    expect(await redis.ask('EXISTS presence:.api')).toBe(':0');
    await redis.stop();
  });
});
