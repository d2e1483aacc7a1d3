import { topics } from '../../src/application/kernel/messaging/topics.js';
import { BEGINNING } from '../../src/application/ports/event-store.js';
import { type LoggedMessage } from '../../src/application/ports/message-log.js';
import { Tokens } from '../../src/infrastructure/container/tokens.js';
import { type RunningServer } from '../../src/infrastructure/start-server.js';
import { answerOf } from '../support/answer-of.js';
import { eventually } from '../support/eventually.js';
import { http } from '../support/server/http.js';
import { checkedFetch } from '../support/contract/checked-fetch.js';

interface Entry {
  readonly what: string;
  readonly correlationId: string;
  readonly position: number;
}

const WITHIN_MS = 30_000;

/** Holds run out after two seconds, payments under way after three. */
export const IMPATIENT = { ORDER_HOLD_SECONDS: '2', PAYMENT_HOLD_SECONDS: '3' } as const;

/** What operators see of a user, and that one id runs through all that a request led to. */
export const timelineSuite = (name: string, open: () => Promise<RunningServer>): void =>
  describe(`the timeline of a user, on ${name}`, () => {
    let server: RunningServer;

    beforeAll(async () => {
      server = await open();
    });
    afterAll(() => server.stop());

    const get = async (path: string) => (await http(`${server.url}${path}`)).body;
    /** A call by a client who gives it an id, as everyone may; what is answered bears it. */
    const post = async (requestId: string, path: string, body: object = {}) => {
      const answer = await http(`${server.url}${path}`, body, { 'x-request-id': requestId });
      expect(answer.headers.get('x-request-id')).toBe(requestId);
      return answer;
    };

    /** Every message of the log that belongs to a request: `topic type`. */
    const messagesOf = async (requestId: string): Promise<ReadonlyArray<string>> => {
      const log = server.container.get(Tokens.MessageLog);
      const found: LoggedMessage[] = [];
      for (const { name: topic, partitions } of topics(3))
        for (let partition = 0; partition < partitions; partition += 1)
          found.push(...(await answerOf(log.read({ topic, partition, offset: 0 }, 1_000))));
      return found
        .filter(({ headers }) => headers['correlation-id'] === requestId)
        .map(({ topic, headers }) => `${topic} ${headers['event-type']}`);
    };

    /** Every event that belongs to a request. */
    const eventsOf = async (requestId: string): Promise<ReadonlyArray<string>> => {
      const { events } = await answerOf(server.container.get(Tokens.Feed).read(BEGINNING, { batchSize: 1_000 }));
      return events.filter(({ metadata }) => metadata.correlationId === requestId).map(({ event }) => event.type);
    };

    const timelineOf = async (userId: string): Promise<ReadonlyArray<Entry>> => {
      const { items } = await get(`/admin/users/${userId}/timeline?limit=100`);
      return JSON.parse(JSON.stringify(items));
    };
    const ofRequest = async (userId: string, requestId: string): Promise<ReadonlyArray<string>> =>
      (await timelineOf(userId)).filter(({ correlationId }) => correlationId === requestId).map(({ what }) => what);

    /** The same id in the log's headers, in the events' metadata, and in what operators see of the user. */
    const runsThrough = (
      userId: string,
      requestId: string,
      { messages, events }: { readonly messages: ReadonlyArray<string>; readonly events: ReadonlyArray<string> },
    ) =>
      eventually(async () => {
        expect(await eventsOf(requestId)).toEqual(expect.arrayContaining([...events]));
        expect(await messagesOf(requestId)).toEqual(expect.arrayContaining([...messages]));
        expect(await ofRequest(userId, requestId)).toEqual(expect.arrayContaining([...events]));
      });

    const shipping = { recipient: 'Ana', address: 'Harbour 1' };

    test('one list from the queue to the delivery; each request is found by its id in messages, events and list', async () => {
      await post('setup', '/api/products', { productId: 'tv', name: 'TV', price: 1_000, stock: 5 });
      await post('setup', '/api/coupons', {
        couponId: 'c',
        name: 'C',
        quantity: 5,
        discount: { kind: 'PERCENT', value: 10 },
      });
      const schedule = { method: 'PUT', headers: { 'content-type': 'application/json' } };
      await checkedFetch(`${server.url}/api/v1/schedules/s`, {
        ...schedule,
        body: JSON.stringify({ activeLimit: 5, activeTtlSeconds: 60 }),
      });

      const joined = await post('joining', '/api/v1/waiting-token', { scheduleId: 's', userId: 'ana' });
      expect(joined.status).toBe(201);
      expect((await post('asking', '/api/coupons/c/issue', { userId: 'ana' })).status).toBe(202);
      await eventually(async () => expect((await get('/api/users/ana/coupons'))['items']).toHaveLength(1));
      await post('charging', '/api/users/ana/points/charge', { amount: 100 });
      const wish = {
        userId: 'ana',
        lines: [{ productId: 'tv', quantity: 1 }],
        shipping,
        couponId: 'c',
        usePoints: 100,
      };
      expect(await post('ordering', '/api/orders', { ...wish, orderId: 'o-1' })).toMatchObject({ status: 201 });
      const payment = { orderId: 'o-1', userId: 'ana', amount: 800, gatewayPaymentId: 'timeout-1' };
      expect((await post('paying', '/api/payments', payment)).status).toBe(202);
      await eventually(
        async () => expect(await get('/api/orders/o-1')).toMatchObject({ status: 'CONFIRMED' }),
        WITHIN_MS,
      );

      await runsThrough('ana', 'joining', {
        messages: ['waiting-token CREATE_TOKEN'],
        events: ['TokenJoined', 'TokenActivated'],
      });
      await runsThrough('ana', 'asking', {
        messages: ['coupon-issue-requests COUPON_ISSUE_REQUESTED', 'coupon-events COUPON_ISSUED'],
        events: ['CouponIssued'],
      });
      await runsThrough('ana', 'ordering', {
        messages: ['stock-requests STOCK_RESERVE', 'order-events ORDER_CREATED', 'data-platform ORDER_STATUS_CHANGED'],
        events: ['StockReserved', 'CouponRedeemed', 'PointsReserved', 'OrderCreated'],
      });
      // The gateway did not answer: a deadline asked it later, still on behalf of the one who paid.
      await runsThrough('ana', 'paying', {
        messages: ['stock-requests STOCK_DEDUCT', 'payment-events PAYMENT_COMPLETED', 'order-events ORDER_COMPLETED'],
        events: [
          'PaymentApprovalStarted',
          'PaymentAttempted',
          'PaymentCompleted',
          'OrderPaid',
          'StockDeducted',
          'PointsDeducted',
          'DeliveryCreated',
          'OrderConfirmed',
        ],
      });
      // One after the other: what an order needs is done in one go for all that happened to it meanwhile.
      await post('shipping', '/api/orders/o-1/ship');
      await runsThrough('ana', 'shipping', { messages: ['order-events ORDER_SHIPPED'], events: ['DeliveryShipped'] });
      await post('delivering', '/api/orders/o-1/deliver');
      await runsThrough('ana', 'delivering', { messages: [], events: ['DeliveryCompleted'] });

      const positions = (await timelineOf('ana')).map(({ position }) => position);
      expect(positions).toEqual([...positions].sort((one, other) => one - other));
      const pages: Array<unknown> = [];
      for (let cursor = ''; ;) {
        const page = await get(`/admin/users/ana/timeline?limit=4${cursor}`);
        pages.push(...JSON.parse(JSON.stringify(page['items'])));
        if (page['nextCursor'] === null) break;
        cursor = `&cursor=${String(page['nextCursor'])}`;
      }
      expect(pages).toEqual(await timelineOf('ana'));
    });

    test('an order that expires by itself does so on behalf of the request that placed it', async () => {
      await post('setup', '/api/products', { productId: 'radio', name: 'Radio', price: 500, stock: 1 });
      const wish = { userId: 'ben', lines: [{ productId: 'radio', quantity: 1 }], shipping };
      expect(await post('waiting-for-ever', '/api/orders', { ...wish, orderId: 'o-2' })).toMatchObject({ status: 201 });
      await runsThrough('ben', 'waiting-for-ever', {
        messages: ['stock-requests STOCK_RESTORE_HOLDS', 'order-events ORDER_EXPIRED'],
        events: ['OrderExpired', 'StockReleased'],
      });
    });

    test('nobody knows of a stranger, and a cursor nobody gave out is refused', async () => {
      expect(await get('/admin/users/stranger/timeline')).toEqual({ items: [], nextCursor: null });
      expect(await http(`${server.url}/admin/users/ana/timeline?cursor=x`)).toMatchObject({ status: 400 });
    });
  });
