import { describeWith } from '../support/engines/describe-with.js';
import { type OwnRedis, startOwnRedis } from '../support/engines/own-redis.js';
import { eventually } from '../support/eventually.js';
import { type FaultProxy, startFaultProxy } from '../support/fault-proxy.js';
import { http } from '../support/server/http.js';
import { startInProcess } from '../support/server/in-process-server.js';
import { tempDirs } from '../support/temp-dir.js';

const newDir = tempDirs();
const QUANTITY = 30;
const PEOPLE = 600;

await describeWith('redis', () => {
  let redis: OwnRedis;
  let road: FaultProxy;
  beforeAll(async () => {
    redis = await startOwnRedis();
    road = await startFaultProxy({ port: redis.port });
  });
  afterAll(async () => {
    await road.close();
    await redis.stop();
  });

  test('a gate too slow to be asked lets no more be accepted than there are coupons, and nobody is lost', async () => {
    const server = await startInProcess(newDir(), { REDIS_URL: `redis://127.0.0.1:${road.port}` });
    const issue = (n: number) =>
      http(`${server.url}/api/coupons/c/issue`, { userId: `user-${n}`, requestId: `request-${n}` });
    const discount = { kind: 'PERCENT', value: 5 };
    await http(`${server.url}/api/coupons`, { couponId: 'c', name: 'C', quantity: QUANTITY, discount });

    road.delay(2_000);
    const answers = await Promise.all(Array.from({ length: PEOPLE }, (_, n) => issue(n)));
    const accepted = answers.filter(({ status }) => status === 202);
    expect(accepted.length).toBeGreaterThan(0);
    expect(accepted.length).toBeLessThanOrEqual(QUANTITY);
    const others = answers.filter(({ status }) => status !== 202);
    expect(new Set(others.map(({ body }) => body['code']))).toEqual(new Set(['OVERLOADED']));

    await road.heal();
    const final = new Map<number, unknown>();
    await eventually(async () => {
      const waiting = Array.from({ length: PEOPLE }, (_, n) => n).filter((n) => !final.has(n));
      for (const n of waiting) {
        const { status, body } = await issue(n);
        if (status === 409) final.set(n, body['code']);
        if (status === 202) {
          const decided = await http(`${server.url}/api/coupons/issue-status/request-${n}?couponId=c&userId=user-${n}`);
          if (decided.status === 200 && decided.body['status'] !== 'PROCESSING') final.set(n, decided.body['status']);
        }
      }
      expect(final.size).toBe(PEOPLE);
    });
    // It asks which streams are parked, of a view that comes back on its own time.
    await eventually(async () =>
      expect((await http(`${server.url}/admin/coupons/c/verify`)).body).toMatchObject({ verdict: 'PASS' }),
    );
    await server.stop();
  });
});
