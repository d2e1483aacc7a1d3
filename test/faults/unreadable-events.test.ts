import { type RunningServer } from '../../src/infrastructure/start-server.js';
import { Tokens } from '../../src/infrastructure/container/tokens.js';
import { answerOf } from '../support/answer-of.js';
import { eventually } from '../support/eventually.js';
import { http } from '../support/server/http.js';
import { startInProcess } from '../support/server/in-process-server.js';
import { tempDirs } from '../support/temp-dir.js';

const newDir = tempDirs();

/** By what stands before the first hyphen of a stream: an event that may stand in it. */
const knownIn: Readonly<Record<string, string>> = {
  coupon: 'CouponIssued',
  couponRejections: 'CouponRequestRejected',
  stock: 'StockReserved',
  order: 'OrderPaid',
  payment: 'PaymentPrepared',
  orderSaga: 'SagaParked',
  points: 'PointsReserved',
  delivery: 'DeliveryShipped',
  event: 'EventOpened',
  waitingRoom: 'TokenJoined',
};
const typeIn = (streamId: string): string => knownIn[streamId.slice(0, streamId.indexOf('-'))] ?? 'OfTomorrow';

const damages: ReadonlyArray<readonly [string, metadata: { readonly version?: number }]> = [
  ['of a version, or a type, that only a newer Doorbuster knows', { version: 99 }],
  ['of a known type without the fields it must have', {}],
];

describe.each(damages)('an event %s', (_, ofVersion) => {
  let server: RunningServer;
  beforeAll(async () => {
    // What is asked of a stream that cannot be read waits for as long as that.
    server = await startInProcess(newDir(), { OPERATION_TIMEOUT_MS: '4000' });
  });
  afterAll(() => server.stop());

  const post = (path: string, body: object) => http(`${server.url}${path}`, body);
  const get = (path: string) => http(`${server.url}${path}`);
  const damage = async (streamId: string): Promise<void> => {
    const store = server.container.get(Tokens.EventStore);
    const revision = await answerOf(store.lastRevision(streamId));
    const event = {
      id: `of-tomorrow-${streamId}`,
      event: { type: typeIn(streamId) },
      metadata: { correlationId: 'test', ...ofVersion },
    };
    await answerOf(store.append(streamId, revision, [event]));
  };
  const says = (path: string, body: object) =>
    eventually(async () => expect((await get(path)).body).toMatchObject(body));
  const accepted = (path: string, body: object) =>
    eventually(async () => expect([200, 201, 202]).toContain((await post(path, body)).status));
  const isParked = (consumer: string) =>
    eventually(async () =>
      expect((await get('/metrics')).text).toMatch(new RegExp(`parked_streams\\{consumer="${consumer}"\\} [1-9]`)),
    );
  const coupon = (couponId: string, more: object = {}) =>
    accepted('/api/coupons', {
      couponId,
      name: couponId,
      quantity: 9,
      discount: { kind: 'PERCENT', value: 9 },
      ...more,
    });
  const product = (productId: string) =>
    accepted('/api/products', { productId, name: productId, price: 100, stock: 9 });
  const order = (orderId: string, productId: string) =>
    post('/api/orders', {
      orderId,
      userId: 'ana',
      lines: [{ productId, quantity: 1 }],
      shipping: { recipient: 'Ana', address: 'A 1' },
    });
  const isCarriedThrough = async (orderId: string, productId: string): Promise<void> => {
    await eventually(async () => expect(await order(orderId, productId)).toMatchObject({ status: 201 }));
    await accepted('/api/payments', { orderId, userId: 'ana', amount: 100, gatewayPaymentId: `paid-${orderId}` });
    await says(`/api/orders/${orderId}`, { status: 'CONFIRMED' });
  };
  const isIssued = async (couponId: string, requestId: string): Promise<void> => {
    await accepted(`/api/coupons/${couponId}/issue`, { userId: requestId, requestId });
    await says(`/api/coupons/issue-status/${requestId}`, { status: 'SUCCESS' });
  };

  test('in the stream of a coupon, other coupons go on; what is asked of it waits as dead letters', async () => {
    await coupon('a');
    await coupon('b');
    await isIssued('a', 'before');
    await damage('coupon-a');
    await post('/api/coupons/a/issue', { userId: 'ben', requestId: 'ben-a' });
    await isIssued('b', 'ben-b');
    for (const consumer of ['view-coupons', 'relay', 'coupon-gate']) await isParked(consumer);
    const quantity = { quantity: 20, requestId: 'more', actor: 'olga', reason: 'more' };
    await post('/api/coupons/a/quantity', quantity);
    await isParked('writer-coupon-issue-requests');
    await says('/admin/dead-letters', {
      items: expect.arrayContaining([expect.objectContaining({ topic: 'coupon-issue-requests' })]),
    });
  });

  test('in the rejections of a coupon, other coupons go on', async () => {
    await coupon('c');
    await coupon('d');
    await damage('couponRejections-c');
    await post('/api/coupons/c/issue', { userId: 'ben', requestId: 'ben-c' });
    await isIssued('d', 'ben-d');
  });

  test('in the stream of a product, orders of others are carried through', async () => {
    await product('p1');
    await product('p2');
    await damage('stock-p1');
    void order('o-p1', 'p1');
    await isCarriedThrough('o-p2', 'p2');
    for (const consumer of ['view-products', 'stock-gate', 'writer-stock-requests']) await isParked(consumer);
  });

  test('in the streams of an order, a payment and a saga, other orders are carried through', async () => {
    await product('p3');
    await eventually(async () => expect(await order('o1', 'p3')).toMatchObject({ status: 201 }));
    for (const streamId of ['order-o1', 'payment-x1', 'orderSaga-o1', 'points-ana2', 'delivery-o1'])
      await damage(streamId);
    await isCarriedThrough('o2', 'p3');
    const cancel = await post('/api/orders/o1/cancel', { reason: 'changed my mind' });
    expect(cancel).toMatchObject({ status: 503, body: { code: 'UNAVAILABLE', reason: 'STREAM_UNREADABLE' } });
    expect(Number(cancel.headers.get('retry-after'))).toBeGreaterThan(0);
    for (const consumer of ['view-orders', 'order-saga', 'relay']) await isParked(consumer);
  });

  test('in the stream of an event, coupons of other events open', async () => {
    const opensAt = new Date(Date.now() + 500).toISOString();
    await accepted('/api/events', { eventId: 'e1', name: 'E1', opensAt });
    await damage('event-e1');
    await coupon('of-e1', { eventId: 'e1' });
    await accepted('/api/events', { eventId: 'e2', name: 'E2', opensAt });
    await coupon('of-e2', { eventId: 'e2' });
    await isIssued('of-e2', 'ben-e2');
    await isParked('event-keeper');
  });

  test('in a waiting room, people come into others', async () => {
    for (const scheduleId of ['s1', 's2'])
      await fetch(`${server.url}/api/v1/schedules/${scheduleId}`, {
        method: 'PUT',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ activeLimit: 5, activeTtlSeconds: 60 }),
      });
    await damage('waitingRoom-s1');
    void post('/api/v1/waiting-token', { scheduleId: 's1', userId: 'ana' });
    await accepted('/api/v1/waiting-token', { scheduleId: 's2', userId: 'ana' });
  });

  test('operators see every parked stream, and nothing that is checked passes meanwhile', async () => {
    await says('/admin/parked-streams', {
      items: expect.arrayContaining([
        expect.objectContaining({ consumer: 'writer-coupon-issue-requests', streamId: 'coupon-a' }),
        expect.objectContaining({ consumer: 'relay', streamId: 'coupon-a', eventType: typeIn('coupon-a') }),
      ]),
    });
    await says('/admin/coupons/d/verify', { verdict: 'PASS' });
    await says('/admin/products/p1/verify', { verdict: 'FAIL' });
    const { body } = await post('/admin/reconcile', { heal: false });
    expect(body).toMatchObject({
      findings: expect.arrayContaining([expect.objectContaining({ kind: 'PARKED_STREAM', subject: 'stock-p1' })]),
    });
  });

  test('one that is released too early is parked again; one that is not parked cannot be released', async () => {
    const release = (consumer: string, streamId: string) =>
      post('/admin/parked-streams/release', { consumer, streamId, reason: 'upgraded' });
    expect(await release('relay', 'coupon-b')).toMatchObject({ status: 404, body: { code: 'STREAM_NOT_PARKED' } });
    expect(await release('relay', 'coupon-a')).toMatchObject({ status: 200 });
    expect(await release('view-coupons', 'coupon-a')).toMatchObject({ status: 200 });
    await isParked('relay');
    await isParked('view-coupons');
  });

  test('it is ready all the while: a stream that is parked is no process that stands still', async () => {
    await says('/health/ready', { status: 'ok' });
  });
});
