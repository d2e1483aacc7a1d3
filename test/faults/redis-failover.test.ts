import { type RunningServer } from '../../src/infrastructure/start-server.js';
import { describeWith } from '../support/engines/describe-with.js';
import { type OwnRedis, startOwnRedis } from '../support/engines/own-redis.js';
import { startOwnSentinels } from '../support/engines/own-sentinels.js';
import { eventually } from '../support/eventually.js';
import { http } from '../support/server/http.js';
import { startInProcess } from '../support/server/in-process-server.js';
import { tempDirs } from '../support/temp-dir.js';
import { type Tunnel, tunnelTo } from '../support/tunnel.js';

const newDir = tempDirs();

await describeWith('redis', () => {
  describe('a replica is promoted while everything runs', () => {
    let [first, second]: ReadonlyArray<OwnRedis> = [];
    let primary: Tunnel;
    let leadsTo: number;
    let server: RunningServer;

    const both = (): readonly [OwnRedis, OwnRedis] => {
      if (first === undefined || second === undefined) throw new Error('Not started');
      return [first, second];
    };
    beforeEach(async () => {
      [first, second] = await Promise.all([startOwnRedis(), startOwnRedis()]);
      leadsTo = both()[0].port;
      primary = await tunnelTo(() => leadsTo);
      await both()[1].ask(`REPLICAOF 127.0.0.1 ${leadsTo}`);
      server = await startInProcess(newDir(), { REDIS_URL: `redis://127.0.0.1:${primary.port}` });
    });
    afterEach(async () => {
      await server.stop();
      primary.close();
      await Promise.all(both().map((redis) => redis.stop()));
    });

    const post = (path: string, body: object) => http(`${server.url}${path}`, body);
    const get = (path: string) => http(`${server.url}${path}`);
    const isIssued = async (requestId: string): Promise<void> => {
      await eventually(async () =>
        expect(await post('/api/coupons/c1/issue', { userId: requestId, requestId })).toMatchObject({ status: 202 }),
      );
      await eventually(async () =>
        expect(await get(`/api/coupons/issue-status/${requestId}`)).toMatchObject({
          status: 200,
          body: { status: 'SUCCESS' },
        }),
      );
    };
    const readiness = async () => (await get('/health/ready')).body;
    const isReady = () => eventually(async () => expect(await readiness()).toMatchObject({ status: 'ok' }));

    test('connections leave the demoted server by themselves, and nothing has to be started anew', async () => {
      const coupon = { couponId: 'c1', name: 'C', quantity: 50, discount: { kind: 'PERCENT', value: 10 } };
      await post('/api/coupons', coupon);
      await isIssued('before');
      const [demoted, promoted] = both();
      await eventually(async () => expect(await promoted.ask('INFO replication')).toContain('master_link_status:up'));
      await promoted.ask('REPLICAOF NO ONE');
      leadsTo = promoted.port;
      await demoted.ask(`REPLICAOF 127.0.0.1 ${promoted.port}`);
      await isIssued('after');
      await isReady();
      await eventually(async () => expect(await demoted.ask('CLIENT LIST')).not.toContain('doorbuster'));
    });

    test('readiness tells that Redis can only be read, as long as its address leads to a replica', async () => {
      const [demoted, promoted] = both();
      await promoted.ask('REPLICAOF NO ONE');
      await demoted.ask(`REPLICAOF 127.0.0.1 ${promoted.port}`);
      await eventually(async () =>
        expect(await readiness()).toMatchObject({ status: 'degraded', engines: { gateAndReadModels: 'degraded' } }),
      );
      leadsTo = promoted.port;
      await isReady();
    });
  });

  test('the primary that a sentinel names is killed during a sale: what is accepted becomes final, and nobody gets an error but 503', async () => {
    const engines = await startOwnSentinels();
    const server = await startInProcess(newDir(), { REDIS_URL: engines.url });
    const post = (path: string, body: object) => http(`${server.url}${path}`, body);
    const terms = { couponId: 'c2', name: 'C', quantity: 100, discount: { kind: 'PERCENT', value: 10 } };
    expect(await post('/api/coupons', terms)).toMatchObject({ status: 201 });
    await eventually(async () =>
      expect(await engines.sentinel.ask('SENTINEL MASTER shop')).toMatch(/num-slaves\r\n\$1\r\n1/),
    );
    const accepted: string[] = [];
    const others = new Set<number>();
    const ask = async (requestId: string): Promise<number> => {
      const { status } = await post('/api/coupons/c2/issue', { userId: requestId, requestId });
      if (status === 202) accepted.push(requestId);
      else others.add(status);
      return status;
    };
    for (let n = 0; n < 20; n += 1) await ask(`before-${n}`);
    await engines.primary.kill();
    for (let n = 0; n < 40; n += 1) await ask(`while-${n}`);
    await eventually(async () =>
      expect((await http(`${server.url}/health/ready`)).body).toMatchObject({ status: 'ok' }),
    );
    let late = 0;
    await eventually(async () => expect(await ask(`after-${(late += 1)}`)).toBe(202));
    expect([...others].filter((status) => status !== 503)).toEqual([]);
    expect(accepted.length).toBeGreaterThan(20);
    for (const requestId of accepted)
      await eventually(async () =>
        expect(await http(`${server.url}/api/coupons/issue-status/${requestId}`)).toMatchObject({
          status: 200,
          body: { status: 'SUCCESS' },
        }),
      );
    await server.stop();
    await engines.stop();
  });
});
