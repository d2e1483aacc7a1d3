import { type Admission } from '../../src/application/ports/admission-gate.js';
import { Tokens } from '../../src/infrastructure/container/tokens.js';
import { type RunningServer } from '../../src/infrastructure/start-server.js';
import { answerOf } from '../support/answer-of.js';
import { describeWith } from '../support/engines/describe-with.js';
import { type OwnRedis, startOwnRedis } from '../support/engines/own-redis.js';
import { eventually } from '../support/eventually.js';
import { http } from '../support/server/http.js';
import { startInProcess } from '../support/server/in-process-server.js';
import { olderVersion, unknownType } from '../support/server/older-version.js';
import { tempDirs } from '../support/temp-dir.js';

const newDir = tempDirs();
const ASKED = 100;

await describeWith('redis', () => {
  describe('a gate that outlives the process of an older version', () => {
    const directory = newDir();
    let redis: OwnRedis;
    let server: RunningServer;
    const start = async (): Promise<void> => {
      server = await startInProcess(directory, { REDIS_URL: redis.url, LOG_LEVEL: 'silent' });
    };
    beforeAll(async () => {
      redis = await startOwnRedis();
      await start();
    });
    afterAll(async () => {
      await server.stop();
      await redis.stop();
    });

    const get = async (path: string) => (await http(`${server.url}${path}`)).body;
    const statuses = async (requests: ReadonlyArray<Admission>): Promise<ReadonlySet<unknown>> => {
      const found = requests.map(
        async ({ requestId }) => (await get(`/api/coupons/issue-status/${requestId}`))['status'],
      );
      return new Set(await Promise.all(found));
    };

    test('lets nobody be given up whose request that version set aside: all of them get their coupon', async () => {
      const coupon = { couponId: 'a', name: 'A', quantity: ASKED, discount: { kind: 'PERCENT', value: 9 } };
      await eventually(async () => expect((await http(`${server.url}/api/coupons`, coupon)).status).toBe(201));
      const at = Date.now() - 60_000;
      const requests = Array.from({ length: ASKED }, (_, n) => ({
        couponId: 'a',
        userId: `user-${n}`,
        requestId: `request-${n}`,
        at,
      }));

      const { park, setAside } = olderVersion(server);
      const reason = `coupon-a holds an event CouponCreated that cannot be read: ${unknownType('CouponCreated')}`;
      await setAside(requests, reason);
      await park('writer-coupon-issue-requests', 'coupon-a', 'CouponCreated', reason);
      const gate = server.container.get(Tokens.Gate);
      for (const request of requests) await answerOf(gate.restore(request));
      await eventually(async () => expect((await get('/admin/dead-letters?limit=100'))['items']).toHaveLength(ASKED));
      expect(await statuses(requests)).toEqual(new Set(['PROCESSING']));

      await server.stop();
      await start();
      await eventually(async () => expect((await get('/admin/parked-streams'))['items']).toEqual([]));
      await eventually(async () => expect(await statuses(requests)).not.toContain('PROCESSING'));
      expect(await statuses(requests)).toEqual(new Set(['SUCCESS']));
    });
  });
});
