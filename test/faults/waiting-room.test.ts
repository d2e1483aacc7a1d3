import { randomInt } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { answerOf } from '../../packages/client/src/index.js';
import { gatherCrowd, type Patience } from '../../src/rehearsal/crowd.js';
import { createSaleClient } from '../../src/rehearsal/client/sale-client.js';
import { eventually } from '../support/eventually.js';
import { startChildServer } from '../support/server/child-server.js';
import { tempDirs } from '../support/temp-dir.js';

/** More of them by hand: `PEOPLE=20000 LIMIT=1000`. */
const PEOPLE = Number(process.env['PEOPLE'] ?? 2_000);
const LIMIT = Number(process.env['LIMIT'] ?? 100);
const KILLS = 3;
const SOCKETS = 64;
const scheduleId = 'opening';

const newDir = tempDirs();
/** As patient as the crowd is large: one machine asks for all of them. */
const variables = {
  WAITING_IDLE_MS: String(3_000 + PEOPLE),
  WAITING_CLAIM_MS: String(1_000 + PEOPLE / 4),
  WAITING_ACTIVE_IDLE_MS: String(2_000 + PEOPLE / 4),
};

const patience = (): Patience => {
  const chance = randomInt(100);
  if (chance < 10) return 'leaves';
  return chance < 20 ? 'vanishes' : 'stays';
};

test('people come, leave, vanish, and the server is killed in the middle: the limit holds, the order holds, nobody is forgotten', async () => {
  const directory = newDir();
  let server = await startChildServer(directory, variables);
  let client = createSaleClient({ url: server.url, sockets: SOCKETS, timeoutMs: 10_000 });
  await client.configure(scheduleId, LIMIT, 60);

  let progress = 0;
  const visitors = Array.from({ length: PEOPLE }, (_, n) => ({ userId: `user-${n}`, patience: patience() }));
  const gathering = gatherCrowd({
    client: () => client.visitor,
    describeRefusal: client.describeRefusal,
    scheduleId,
    visitors,
    inFlight: SOCKETS,
    visit: async () => undefined,
    onProgress: (joined, visited) => (progress = joined + visited),
  });
  for (let kill = 1; kill <= KILLS; kill += 1) {
    const until = (kill * PEOPLE * 1.5) / (KILLS + 1);
    await eventually(() => progress > until);
    await server.kill('SIGKILL');
    await client.close();
    await sleep(randomInt(200));
    server = await startChildServer(directory, variables);
    client = createSaleClient({ url: server.url, sockets: SOCKETS, timeoutMs: 10_000 });
  }

  const crowd = await gathering;
  expect(crowd.worse).toEqual([]);
  const stayed = visitors.filter(({ patience: how }) => how === 'stays').map(({ userId }) => userId);
  expect(new Set(crowd.visited)).toEqual(new Set(stayed));
  // Who vanished holds a place until its time is over; then the room is empty again.
  await eventually(async () => {
    const params = { path: { scheduleId } };
    const verified = await answerOf(client.operator.api.GET('/admin/schedules/{scheduleId}/verify', { params }));
    expect(verified).toMatchObject({ ok: true, value: { verdict: 'PASS', waiting: 0, active: 0 } });
  });
  await client.close();
  await server.kill('SIGTERM');
});
