import { couponRequestMessage } from '../../src/application/coupon/coupon-request-message.js';
import { COUPON_ISSUE_REQUESTS } from '../../src/application/kernel/messaging/topics.js';
import { setAsideMessages } from '../../src/application/kernel/writer/dead-letter-message.js';
import { handleParking } from '../../src/application/kernel/process/parking/parking-aggregate.js';
import { Tokens } from '../../src/infrastructure/container/tokens.js';
import { type RunningServer } from '../../src/infrastructure/start-server.js';
import { answerOf } from '../support/answer-of.js';
import { eventually } from '../support/eventually.js';
import { http } from '../support/server/http.js';
import { startInProcess } from '../support/server/in-process-server.js';
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
const says = (path: string, body: object) => eventually(async () => expect((await get(path)).body).toMatchObject(body));

/** As a process of the version before does while it runs beside this one. */
const park = (consumer: string, streamId: string, eventType: string, reason: string) => {
  const ports = {
    eventStore: server.container.get(Tokens.EventStore),
    snapshots: server.container.get(Tokens.Snapshots),
    logger: server.container.get(Tokens.Log),
    ids: server.container.get(Tokens.Ids),
  };
  const streams = [{ streamId, revision: 0, eventType, reason }];
  return answerOf(handleParking(ports)({ type: 'Park', consumer, streams, at: Date.now() }, 'test'));
};
const unknown = (type: string): string => `no event of type ${type} is known here`;

describe('what an older version could not read, and parked', () => {
  beforeAll(async () => {
    const discount = { kind: 'PERCENT', value: 9 };
    await accepted('/api/coupons', { couponId: 'a', name: 'A', quantity: 9, discount });
    await accepted('/api/products', { productId: 'lamp', name: 'Lamp', price: 100, stock: 9 });
    const shipping = { recipient: 'Ana', address: 'Harbour 1' };
    const lines = [{ productId: 'lamp', quantity: 1 }];
    await accepted('/api/orders', { orderId: 'o1', userId: 'ana', lines, shipping });
    for (const consumer of ['view-orders', 'order-saga', 'relay'])
      await park(consumer, 'order-o1', 'OrderPlacingStarted', unknown('OrderPlacingStarted'));
    await park('event-keeper', 'coupon-a', 'CouponCreated', 'its step failed');

    const reason = `coupon-a holds an event CouponCreated that cannot be read: ${unknown('CouponCreated')}`;
    await park('writer-coupon-issue-requests', 'coupon-a', 'CouponCreated', reason);
    const asked = { couponId: 'a', userId: 'ben', requestId: 'ben-1', at: Date.now() };
    const message = {
      ...couponRequestMessage(asked, { correlationId: 'test' }),
      topic: COUPON_ISSUE_REQUESTS,
      partition: 0,
      offset: 1_000,
      loggedAt: asked.at,
    };
    const [log, clock] = [server.container.get(Tokens.MessageLog), server.container.get(Tokens.Clock)];
    await answerOf(setAsideMessages({ log, clock })([{ message, error: new Error(reason) }]));
    await says('/admin/dead-letters', { items: [expect.objectContaining({ key: 'a' })] });
    expect((await get('/admin/parked-streams')).body['items']).toHaveLength(5);
    await restart();
  });

  test('is read again by itself; what could be read and was parked all the same is left to operators', async () => {
    await says('/admin/parked-streams', { items: [expect.objectContaining({ consumer: 'event-keeper' })] });
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
