import { consumerGroups, COUPON_ISSUE_REQUESTS } from '../../src/application/kernel/messaging/topics.js';
import { Tokens } from '../../src/infrastructure/container/tokens.js';
import { type RunningServer } from '../../src/infrastructure/start-server.js';
import { answerOf } from '../support/answer-of.js';
import { eventually } from '../support/eventually.js';
import { http } from '../support/server/http.js';
import { startInProcess } from '../support/server/in-process-server.js';
import { tempDirs } from '../support/temp-dir.js';

const newDir = tempDirs();
const ISO = /^\d{4}-\d\d-\d\dT[\d:.]+Z$/;

describe('A message nobody can read', () => {
  let server: RunningServer;
  beforeAll(async () => {
    server = await startInProcess(newDir());
  });
  afterAll(() => server.stop());

  const get = (path: string) => http(`${server.url}${path}`);
  const send = (key: string, value: string, requestId: string) =>
    answerOf(
      server.container.get(Tokens.MessageLog).publish(COUPON_ISSUE_REQUESTS, {
        key,
        value,
        headers: { 'request-id': requestId, 'event-type': 'COUPON_ISSUE_REQUESTED' },
      }),
    );

  test('is answered, listed with its times and counted until an operator has decided about it', async () => {
    await send('c1', '{"broken', 'r1');
    const listed = await eventually(async () => {
      const { body } = await get('/admin/dead-letters');
      expect(body).toMatchObject({ items: [{ topic: COUPON_ISSUE_REQUESTS, key: 'c1', status: 'OPEN' }] });
      return body;
    });
    const times = expect.stringMatching(ISO);
    expect(listed).toMatchObject({ items: [{ firstAttemptAt: times, lastAttemptAt: times, recordedAt: times }] });
    await eventually(async () =>
      expect(await get('/api/coupons/issue-status/r1')).toMatchObject({
        status: 200,
        body: { status: 'FAILED', code: 'UNPROCESSABLE', processedAt: times },
      }),
    );
    expect((await get('/metrics')).text).toContain('\ndead_letters_waiting 1\n');

    const [letter] = [listed['items']].flat();
    const { id } = Object(letter);
    const replayed = await http(`${server.url}/admin/dead-letters/${id}/replay`, { reason: 'perhaps it works now' });
    expect(replayed).toMatchObject({ status: 200, body: { outcome: 'UNCHANGED' } });
    await send('c1', '{"broken', 'r2');
    const second = await eventually(async () => {
      const { body } = await get('/admin/dead-letters');
      expect(body).toMatchObject({ items: [{ key: 'c1', status: 'OPEN' }] });
      return body;
    });
    const [open] = [second['items']].flat();
    await http(`${server.url}/admin/dead-letters/${Object(open).id}/discard`, { reason: 'nobody sent it' });
    await eventually(async () => expect((await get('/metrics')).text).toContain('\ndead_letters_waiting 0\n'));
    const shown = await get(`/admin/dead-letters/${Object(open).id}`);
    expect(shown.body).toMatchObject({ status: 'DISCARDED', history: [{ action: 'DISCARDED', at: times }] });
  });

  test('holds nobody up: how far each group of consumers is behind is a metric, as a count and as an age', async () => {
    const { text } = await get('/metrics');
    for (const { topic, group } of consumerGroups)
      for (const name of ['kafka_consumer_lag', 'kafka_consumer_lag_seconds'])
        expect(text).toContain(`${name}{topic="${topic}",group="${group}",partition="0"} `);
  });
});
