import { randomUUID } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { rehearse } from '../../src/rehearsal/rush/rehearse-rush.js';
import { type Deployment, deploy } from '../support/distributed/deployment.js';
import { type EngineSet, startEngineSet } from '../support/distributed/engine-set.js';
import { describeWith } from '../support/engines/describe-with.js';
import { eventually } from '../support/eventually.js';
import { runCli } from '../support/server/child-server.js';
import { http } from '../support/server/http.js';
import { tempDirs } from '../support/temp-dir.js';
import { couponSaleSuite } from './coupon-sale.suite.js';
import { reconcileSuite } from './distributed-reconcile.suite.js';

const newDir = tempDirs();

await describeWith('kafka', (kafka) => {
  let engines: EngineSet;
  let deployment: Deployment;
  let turn = 0;

  beforeAll(async () => {
    engines = await startEngineSet(kafka);
  });
  afterAll(() => engines.stop());

  const open = async () => {
    deployment = await deploy(engines, { KAFKA_SESSION_TIMEOUT_MS: '1500' });
    return {
      url: () => deployment.apis[(turn += 1) % 2]?.url ?? '',
      metricsAt: () => deployment.members().map(({ url }) => url),
      restart: async () => {
        expect(new Set(await deployment.stop())).toEqual(new Set([0]));
        deployment = await deploy(engines, { KAFKA_SESSION_TIMEOUT_MS: '1500' });
      },
      stop: async () => void (await deployment.stop()),
    };
  };

  couponSaleSuite('seven processes, Kafka, Redis and the stand-in of EventStoreDB', open, () => {
    const receipt = join(newDir(), 'receipt.json');
    const sealed = { couponId: `sealed-${randomUUID()}`, userId: '' };
    // At the beginning: a seal may take ten seconds to come.
    beforeAll(async () => {
      const { couponId } = sealed;
      const url = deployment.apis[0]?.url ?? '';
      const terms = { couponId, name: 'Sealed', quantity: 10_000, discount: { kind: 'PERCENT', value: 10 } };
      expect((await http(`${url}/api/coupons`, terms)).status).toBe(201);
      let nth = 0;
      // One that has just started answers without a receipt until it has its key.
      sealed.userId = await eventually(async () => {
        const asking = `user-${(nth += 1)}`;
        const { body } = await http(`${url}/api/coupons/${couponId}/issue`, { userId: asking });
        expect(body).toMatchObject({ receipt: expect.any(String) });
        writeFileSync(receipt, JSON.stringify(body));
        return asking;
      });
    });

    test('two processes that answer and one gate agree: as many are accepted as there are coupons', async () => {
      const couponId = `two-doors-${randomUUID()}`;
      const at = (nth: number): string => deployment.apis[nth % 2]?.url ?? '';
      const terms = { couponId, name: 'Two doors', quantity: 100, discount: { kind: 'PERCENT', value: 10 } };
      expect((await http(`${at(0)}/api/coupons`, terms)).status).toBe(201);
      const answers = await Promise.all(
        Array.from({ length: 300 }, async (_, nth) => {
          const { status, body } = await http(`${at(nth)}/api/coupons/${couponId}/issue`, { userId: `user-${nth}` });
          return status === 202 ? 'accepted' : body['code'];
        }),
      );
      expect(answers.filter((answer) => answer === 'accepted')).toHaveLength(100);
      expect(answers.filter((answer) => answer === 'SOLD_OUT')).toHaveLength(200);
      // Whoever was accepted at one door is known at the other.
      const nth = answers.indexOf('accepted');
      const again = await http(`${at(nth + 1)}/api/coupons/${couponId}/issue`, { userId: `user-${nth}` });
      expect(again).toMatchObject({ status: 409, body: { code: 'ALREADY_REQUESTED' } });
    });

    reconcileSuite(
      () => engines,
      () => deployment.apis[0]?.url ?? '',
      () => deployment.only('scheduler'),
    );

    test('a rehearsal passes though a worker is killed and Redis is wiped in the middle of it', async () => {
      let killing: Promise<void> | undefined;
      let wiping: Promise<void> | undefined;
      const onProgress = (answered: number, asked: number): void => {
        if (answered > asked * 0.2) killing ??= deployment.replace(2);
        if (answered > asked * 0.5) wiping ??= engines.redis.flush();
      };
      const plan = { users: 2_000, quantity: 1_500, duplicates: 0.2, sockets: 64, finalWithinMs: 150_000, onProgress };
      const rehearsals = await Promise.all(deployment.apis.map(({ url }) => rehearse({ ...plan, url })));
      await Promise.all([killing, wiping]);
      for (const { faults, verify, issued, passed } of rehearsals)
        expect({ faults, verify, issued, passed }).toEqual({
          faults: [],
          verify: { verdict: 'PASS', reasons: [] },
          issued: 1_500,
          passed: true,
        });
    });

    test('the history on the engines is sealed, and a receipt has its answer there, proved by a seal', async () => {
      await eventually(async () => {
        const { code, stdout } = await runCli(['verify', 'receipt', receipt, '--json'], engines.variables);
        expect({ code, ...JSON.parse(stdout) }).toMatchObject({
          code: 0,
          receipts: [{ verdict: 'PASS', promised: sealed, proof: { seal: { count: expect.any(Number) } } }],
        });
      });
      const history = await runCli(['verify', 'history', '--json'], engines.variables);
      expect({ code: history.code, ...JSON.parse(history.stdout) }).toMatchObject({
        code: 0,
        verdict: 'PASS',
        fault: null,
      });
    });
  });
});
