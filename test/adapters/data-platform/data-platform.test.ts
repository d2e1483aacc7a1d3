import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import { dataPlatform, type DataPlatformClient } from '../../../src/adapters/data-platform/data-platform.js';
import { tellDataPlatform } from '../../../src/application/notices/relay/tell-data-platform.js';
import { type Subscription } from '../../../src/application/ports/event-feed.js';
import { eventually } from '../../support/eventually.js';
import { InMemoryEventStore } from '../../support/in-memory/event-store.js';
import { recordingLog, recordingMetrics, wallClock } from '../../support/in-memory/quiet.js';
import { InMemoryReadModels } from '../../support/in-memory/read-models.js';
import { running as runs } from '../../support/running.js';

let receiver: Server;
let status = 200;
let keys: unknown[];
let bodies: string[];
let asked: number;
let isOpen: boolean;
let platform: DataPlatformClient;
const running: Subscription[] = [];

beforeEach(async () => {
  [status, keys, bodies, asked, isOpen] = [200, [], [], 0, false];
  receiver = createServer((request, response) => {
    let body = '';
    request.on('data', (chunk: Buffer) => (body += chunk.toString()));
    request.on('end', () => {
      asked += 1;
      if (status === 200) {
        keys.push(request.headers['x-idempotency-key']);
        bodies.push(body);
      }
      response.writeHead(status).end();
    });
  }).listen(0, '127.0.0.1');
  await once(receiver, 'listening');
  const address = receiver.address();
  const port = typeof address === 'object' && address !== null ? address.port : 0;
  const onOpen = (open: boolean): void => void (isOpen = open);
  platform = dataPlatform({ url: `http://127.0.0.1:${port}/orders`, timeoutMs: 1_000, resetMs: 50, onOpen });
});
afterEach(async () => {
  await Promise.all(running.splice(0).map(({ stop }) => stop()));
  platform.close();
  receiver.closeAllConnections();
  receiver.close();
  await once(receiver, 'close');
});

const fact = { orderId: 'o1', userId: 'ana', at: 1_000 };
const event = (type: string, more: object = {}) => ({
  id: `${type}-1`,
  event: { type, ...fact, ...more },
  metadata: { correlationId: 'trace' },
});
const world = async () => {
  const store = new InMemoryEventStore();
  const readModels = new InMemoryReadModels();
  const ports = {
    platform,
    clock: wallClock,
    log: recordingLog(),
    metrics: recordingMetrics(),
  };
  running.push(await runs({ feed: store, eventStore: store, readModels }, tellDataPlatform(ports)));
  return { store, ports };
};

test('every change of an order is told in order, each with its key', async () => {
  const { store } = await world();
  await store.append('order-o1', -1, [event('OrderCreated'), event('OrderPaymentPending', { paymentId: 'p' })])();
  await store.append('order-o1', 1, [
    event('OrderPaymentRefused', { paymentId: 'q' }),
    event('OrderPaid', { paymentId: 'p' }),
  ])();
  await eventually(() => expect(keys).toEqual(['o1-CREATED', 'o1-PENDING_PAYMENT', 'o1-PAID']));
  expect(JSON.parse(bodies[2] ?? '')).toEqual({
    orderId: 'o1',
    userId: 'ana',
    status: 'PAID',
    occurredAt: '1970-01-01T00:00:01.000Z',
  });
});

test('a receiver that is down is waited for, and misses nothing', async () => {
  const { store, ports } = await world();
  status = 503;
  await store.append('order-o1', -1, [event('OrderCreated'), event('OrderExpired')])();
  await eventually(() => (ports.metrics.values.get('data_platform_sent_total') ?? 0) >= 3);
  status = 200;
  await eventually(() => expect(keys).toEqual(['o1-CREATED', 'o1-EXPIRED']));
});

test.each([301, 308, 401, 403, 404])(
  'status %i is about the address and who sends, not about the change: it is told when that is mended',
  async (wrong) => {
    const { store, ports } = await world();
    status = wrong;
    await store.append('order-o1', -1, [event('OrderCreated')])();
    await eventually(() => (ports.metrics.values.get('data_platform_sent_total') ?? 0) >= 2);
    status = 200;
    await eventually(() => expect(keys).toEqual(['o1-CREATED']));
    expect(ports.log.lines).toEqual([]);
  },
);

test('what it refuses for good is written down and gone without', async () => {
  const { store, ports } = await world();
  status = 422;
  await store.append('order-o1', -1, [event('OrderCreated')])();
  await eventually(() => expect(ports.log.lines).toHaveLength(1));
  status = 200;
  await store.append('order-o1', 0, [event('OrderExpired')])();
  await eventually(() => expect(keys).toEqual(['o1-EXPIRED']));
});

test('a receiver that keeps failing is left in peace for a while, and is asked again then', async () => {
  const change = { orderId: 'o1', userId: 'ana', status: 'PAID', idempotencyKey: 'o1-PAID', at: 1_000 } as const;
  status = 503;
  for (let n = 0; n < 50; n += 1)
    expect(await platform.tell(change)()).toMatchObject({ left: 'DataPlatformUnavailable' });
  expect(asked).toBeLessThan(25);
  expect(isOpen).toBe(true);
  // Also where another process tells it from now on, and nobody asks here any more.
  await eventually(() => expect(isOpen).toBe(false));
  status = 200;
  await eventually(async () => expect(await platform.tell(change)()).toMatchObject({ _tag: 'Right' }));
});
