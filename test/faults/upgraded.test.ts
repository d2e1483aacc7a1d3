import { type RunningServer } from '../../src/infrastructure/start-server.js';
import { eventually } from '../support/eventually.js';
import { http } from '../support/server/http.js';
import { startInProcess } from '../support/server/in-process-server.js';
import { olderVersion, unknownType } from '../support/server/older-version.js';
import { tempDirs } from '../support/temp-dir.js';

const newDir = tempDirs();
const directory = newDir();
let server: RunningServer;
const restart = async (): Promise<void> => {
  await server.stop();
  server = await startInProcess(directory);
};
beforeAll(async () => {
  server = await startInProcess(directory);
});
afterAll(() => server.stop());

const get = (path: string) => http(`${server.url}${path}`);
const accepted = (path: string, body: object) =>
  eventually(async () => expect([200, 201, 202]).toContain((await http(`${server.url}${path}`, body)).status));
const post = (path: string, body: object) => http(`${server.url}${path}`, body);
/** What the alert goes by. */
const counted = async () =>
  [...(await get('/metrics')).text.matchAll(/^parked_streams\{consumer="(.+)"\} ([1-9]\d*)$/gm)].map(
    ([, ...each]) => each,
  );
const says = (path: string, body: object) => eventually(async () => expect((await get(path)).body).toMatchObject(body));

describe('what an older version could not read, and parked', () => {
  beforeAll(async () => {
    const discount = { kind: 'PERCENT', value: 9 };
    await accepted('/api/coupons', { couponId: 'a', name: 'A', quantity: 9, discount });
    await accepted('/api/products', { productId: 'lamp', name: 'Lamp', price: 100, stock: 9 });
    const shipping = { recipient: 'Ana', address: 'Harbour 1' };
    const lines = [{ productId: 'lamp', quantity: 1 }];
    await accepted('/api/orders', { orderId: 'o1', userId: 'ana', lines, shipping });
    const { park, setAside } = olderVersion(server);
    for (const consumer of ['view-orders', 'order-saga', 'relay'])
      await park(consumer, 'order-o1', 'OrderPlacingStarted', unknownType('OrderPlacingStarted'));
    await park('event-keeper', 'coupon-a', 'CouponCreated', 'its step failed');

    const reason = `coupon-a holds an event CouponCreated that cannot be read: ${unknownType('CouponCreated')}`;
    await park('writer-coupon-issue-requests', 'coupon-a', 'CouponCreated', reason);
    await setAside([{ couponId: 'a', userId: 'ben', requestId: 'ben-1', at: Date.now() }], reason);
    await says('/admin/dead-letters', { items: [expect.objectContaining({ key: 'a' })] });
    expect((await get('/admin/parked-streams')).body['items']).toHaveLength(5);
    await restart();
  });

  test('is read again by itself; what could be read and was parked all the same is left to operators', async () => {
    await says('/admin/parked-streams', { items: [expect.objectContaining({ consumer: 'event-keeper' })] });
    expect(await counted()).toEqual([['event-keeper', '1']]);
    const released = { consumer: 'event-keeper', streamId: 'coupon-a', reason: 'mended' };
    expect(await post('/admin/parked-streams/release', released)).toMatchObject({ status: 200 });
    await says('/admin/parked-streams', { items: [] });
    expect(await counted()).toEqual([]);
  });

  test('and what was asked meanwhile is decided', async () => {
    await says('/api/coupons/issue-status/ben-1', { status: 'SUCCESS' });
    await says('/admin/dead-letters', { items: [] });
  });

  test('orders are carried through', async () => {
    await accepted('/api/payments', { orderId: 'o1', userId: 'ana', amount: 100, gatewayPaymentId: 'paid-o1' });
    await says('/api/orders/o1', { status: 'CONFIRMED' });
  });
});
