import { describeWith } from '../support/engines/describe-with.js';
import { type OwnRedis, startOwnRedis } from '../support/engines/own-redis.js';
import { eventually } from '../support/eventually.js';
import { http } from '../support/server/http.js';
import { startInProcess } from '../support/server/in-process-server.js';
import { type RunningServer } from '../../src/infrastructure/start-server.js';
import { tempDirs } from '../support/temp-dir.js';

const newDir = tempDirs();

await describeWith('redis', () => {
  describe('Redis wiped while everything runs', () => {
    let redis: OwnRedis;
    let server: RunningServer;
    beforeEach(async () => {
      redis = await startOwnRedis();
      server = await startInProcess(newDir(), { REDIS_URL: redis.url });
    });
    afterEach(async () => {
      await server.stop();
      await redis.stop();
    });

    const post = (path: string, body: object) => http(`${server.url}${path}`, body);
    const get = (path: string) => http(`${server.url}${path}`);
    const isReady = () => eventually(async () => expect(await get('/health/ready')).toMatchObject({ status: 200 }));
    const paidOrder = async (orderId: string): Promise<void> => {
      const shipping = { recipient: 'Ana', address: 'A 1' };
      const order = { orderId, userId: 'ana', lines: [{ productId: 'lamp', quantity: 1 }], shipping };
      await eventually(async () => expect(await post('/api/orders', order)).toMatchObject({ status: 201 }));
      const payment = { orderId, userId: 'ana', amount: 100, gatewayPaymentId: `paid-${orderId}` };
      await eventually(async () =>
        expect((await post('/api/payments', payment)).body).toMatchObject({ status: 'PAID' }),
      );
    };
    const isConfirmed = (orderId: string) =>
      eventually(async () => expect((await get(`/api/orders/${orderId}`)).body).toMatchObject({ status: 'CONFIRMED' }));

    test('orders are carried through as before, again and again', async () => {
      await post('/api/products', { productId: 'lamp', name: 'Lamp', price: 100, stock: 10 });
      await paidOrder('before');
      await isConfirmed('before');
      for (const orderId of ['after', 'once-more']) {
        await redis.flush();
        await paidOrder(orderId);
        await isConfirmed(orderId);
      }
      await isReady();
    });

    test('an event still opens its coupons', async () => {
      const opening = async (eventId: string): Promise<void> => {
        const opensAt = new Date(Date.now() + 1_000).toISOString();
        await eventually(async () =>
          expect((await post('/api/events', { eventId, name: eventId, opensAt })).status).toBeLessThan(300),
        );
        const coupon = { couponId: `of-${eventId}`, name: 'C', quantity: 5, discount: { kind: 'PERCENT', value: 10 } };
        await eventually(async () =>
          expect((await post('/api/coupons', { ...coupon, eventId })).status).toBeLessThan(300),
        );
        const issue = { userId: 'ana', requestId: `ana-${eventId}` };
        await eventually(async () =>
          expect(await post(`/api/coupons/of-${eventId}/issue`, issue)).toMatchObject({ status: 202 }),
        );
        await eventually(async () =>
          expect((await get(`/api/coupons/issue-status/ana-${eventId}`)).body).toMatchObject({ status: 'SUCCESS' }),
        );
      };
      await opening('first');
      await redis.flush();
      await opening('second');
    });
  });
});
