import { randomUUID } from 'node:crypto';
import { either as E, option as O, taskEither as TE } from 'fp-ts';
import kafkajs from 'kafkajs';
import { consumerGroups } from '../../src/application/kernel/messaging/topics.js';
import { gateProcess } from '../adapters/redis/gate-setting.js';
import { type Deployment, deploy } from '../support/distributed/deployment.js';
import { type ProxiedEngineSet, startProxiedEngineSet } from '../support/distributed/engine-set.js';
import { openSale, told } from '../support/distributed/sale.js';
import { describeWith } from '../support/engines/describe-with.js';
import { eventually } from '../support/eventually.js';
import { http } from '../support/server/http.js';
import { backupDrillSuite } from './distributed-backup-drill.suite.js';

const WITHIN = 60_000;
const PASS = { verdict: 'PASS', reasons: [] };

await describeWith('kafka', () => {
  let engines: ProxiedEngineSet;
  let set: Deployment;

  const start = async (): Promise<void> => {
    set = await deploy(engines, { KAFKA_SESSION_TIMEOUT_MS: '1500' }, [
      ['api'],
      ['worker'],
      ['worker'],
      ['projector', 'relay', 'scheduler'],
    ]);
  };
  beforeAll(async () => {
    engines = await startProxiedEngineSet();
    await start();
  });
  afterEach(() => engines.heal());
  afterAll(async () => {
    await set.stop();
    await engines.stop();
  });

  const url = (): string => set.apis[0]?.url ?? '';
  const readiness = async () => http(`${url()}/health/ready`);
  const isReady = () =>
    eventually(async () => expect(await readiness()).toMatchObject({ status: 200, body: { status: 'ok' } }));
  const lag = async (): Promise<number> => {
    const { text } = await http(`${url()}/metrics`);
    return [...text.matchAll(/^kafka_consumer_lag\{.*\} (\d+)$/gm)].reduce((sum, [, each]) => sum + Number(each), 0);
  };

  test('whoever consumes from Kafka is one whose lag is watched', async () => {
    const { brokers } = engines.kafka;
    const admin = new kafkajs.Kafka({ brokers: [...brokers], logLevel: kafkajs.logLevel.NOTHING }).admin();
    await admin.connect();
    const watched = consumerGroups.map(({ group }) => group).toSorted();
    await eventually(async () => {
      const { groups } = await admin.listGroups();
      expect(groups.map(({ groupId }) => groupId).toSorted()).toEqual(watched);
    });
    await admin.disconnect();
  });

  test('a worker that was frozen in the middle of a batch and wakes up when its partitions are gone decides nothing twice', async () => {
    const sales = await Promise.all(Array.from({ length: 6 }, () => openSale(url, 150)));
    const streams = sales.map((sale) => sale.stream(3));
    await eventually(() => sales.every(({ accepted }) => accepted.size > 20));
    set.workers[0]?.freeze();
    await eventually(() => sales.every(({ accepted }) => accepted.size > 60));
    // Everything accepted becomes final without it: its partitions have moved.
    const before = await Promise.all(sales.map((sale) => sale.finals()));
    set.workers[0]?.thaw();
    await Promise.all(streams.map(({ stop }) => stop()));
    for (const [nth, sale] of sales.entries()) {
      const after = await sale.finals();
      for (const [requestId, answer] of before[nth] ?? []) expect(after.get(requestId)).toBe(answer);
      expect(await sale.verify()).toMatchObject(PASS);
    }
  });

  test('a place in the gate whose request never came to the log is asked after half a minute later, and given to somebody else', async () => {
    const sale = await openSale(url, 2);
    await eventually(async () => (await sale.ask()).status === 202);
    await sale.finals();
    // A process of the API that died between the gate and the log, nearly half a minute ago: it is not asked after yet.
    const died = await gateProcess(engines.redis.url, () => TE.right(O.none));
    const leaked = {
      couponId: sale.couponId,
      userId: 'nobody-knows',
      requestId: randomUUID(),
      at: Date.now() - 27_000,
    };
    expect(await died.gate.reserve(leaked)()).toEqual(E.right({ answer: 'Admitted' }));
    await died.end();
    expect(await sale.ask()).toMatchObject({ status: 409, body: { code: 'SOLD_OUT' } });
    await eventually(async () => (await sale.ask()).status === 202);
    await eventually(async () =>
      expect(await sale.statusOf(leaked.requestId)).toMatchObject({ status: 200, body: { status: 'FAILED' } }),
    );
    expect(told(await sale.finals(), 'SUCCESS')).toBe(2);
    expect(await sale.verify()).toMatchObject(PASS);
  });

  test('without Redis requests go on through the log, readiness says degraded, and the gate returns by itself', async () => {
    const sale = await openSale(url, 30);
    await sale.rush(10);
    await engines.toRedis.refuse();
    await eventually(async () =>
      expect(await readiness()).toMatchObject({ status: 200, body: { status: 'degraded' } }),
    );
    // Nobody keeps the door: as many as are left are let in, and the aggregate decides alone.
    await eventually(async () => (await sale.ask()).status === 202);
    const letIn = (await sale.rush(50)).filter((status) => status === 202);
    expect(letIn.length).toBeGreaterThan(0);
    expect(letIn.length).toBeLessThanOrEqual(30);
    await engines.toRedis.heal();
    await isReady();
    await eventually(async () => expect(await sale.ask()).toMatchObject({ status: 409, body: { code: 'SOLD_OUT' } }));
    const finals = await sale.finals();
    expect(told(finals, 'SUCCESS')).toBe(30);
    expect(told(finals, 'OUT_OF_STOCK')).toBe(finals.size - 30);
    expect(await sale.verify()).toMatchObject(PASS);
  });

  test('Redis wiped in the middle of a sale loses nothing, and everything it held comes back by itself', async () => {
    const sale = await openSale(url, 400);
    const stream = sale.stream(8);
    await eventually(() => sale.accepted.size > 150);
    const [first = ''] = sale.accepted.keys();
    await engines.redis.flush();
    const wiped = performance.now();
    await eventually(
      async () => expect(await sale.statusOf(first)).toMatchObject({ status: 200, body: { status: 'SUCCESS' } }),
      WITHIN,
    );
    process.stdout.write(`answers are back ${Math.round(performance.now() - wiped)} ms after Redis was wiped\n`);
    await eventually(async () => (await sale.coupon()).body['issued'] === 400);
    await stream.stop();
    const finals = await sale.finals();
    expect(told(finals, 'SUCCESS')).toBe(400);
    await eventually(async () => expect(await sale.ask()).toMatchObject({ body: { code: 'SOLD_OUT' } }));
    expect(await sale.verify()).toMatchObject(PASS);
    // The views come back one by one.
    const findings = async () => (await http(`${url()}/admin/reconcile`, { heal: false })).body;
    await eventually(async () => expect(await findings()).toMatchObject({ findings: [] }));
  });

  test('without Kafka nobody is accepted and no place is lost: what failed is undone, what is unknown is settled by asking again', async () => {
    const sale = await openSale(url, 20);
    await engines.toKafka.refuse();
    const asked = Array.from({ length: 20 }, (_, nth) => ({
      userId: `early-${nth}`,
      requestId: `${sale.couponId}-${nth}`,
    }));
    const answers = await Promise.all(asked.map(({ userId, requestId }) => sale.ask(userId, requestId)));
    for (const answer of answers) {
      expect(answer.status).toBe(503);
      expect(answer.headers.get('retry-after')).not.toBeNull();
    }
    expect((await readiness()).status).toBe(503);
    await engines.toKafka.heal();
    await isReady();
    // Only those whose outcome is unknown come again, with the request they have; the others stay away.
    const unknown = asked.filter((_, nth) => answers[nth]?.body['code'] === 'OUTCOME_UNKNOWN');
    for (const { userId, requestId } of unknown)
      await eventually(async () => (await sale.ask(userId, requestId)).status === 202);
    await sale.rush(40);
    await eventually(async () => (await sale.coupon()).body['issued'] === 20);
    const finals = await sale.finals();
    expect(told(finals, 'SUCCESS')).toBe(20);
    for (const { requestId } of unknown) expect(finals.get(requestId)).toContain('SUCCESS');
    expect(await sale.verify()).toMatchObject(PASS);
  });

  test('without the event store accepted requests wait, none is acknowledged to the log, and work resumes', async () => {
    const sale = await openSale(url, 50);
    await sale.rush(10);
    await sale.finals();
    await eventually(async () => (await lag()) === 0);
    await engines.eventStore.kill();
    expect(new Set(await sale.rush(30))).toEqual(new Set([202]));
    await eventually(async () => (await lag()) === 30);
    const waiting = [...sale.accepted.keys()].slice(10);
    for (const requestId of waiting) expect((await sale.statusOf(requestId)).body['status']).not.toBe('SUCCESS');
    expect((await readiness()).status).toBe(503);
    await engines.eventStore.restart();
    expect(told(await sale.finals(), 'SUCCESS')).toBe(40);
    await eventually(async () => (await lag()) === 0);
    await isReady();
    expect(await sale.verify()).toMatchObject(PASS);
  });

  backupDrillSuite(
    () => engines,
    () => set,
    async () => {
      await set.stop();
      await start();
    },
  );
});
