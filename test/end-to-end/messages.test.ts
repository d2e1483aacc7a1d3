import { Ajv2020 } from 'ajv/dist/2020.js';
import formats from 'ajv-formats';
import { z } from 'zod';
import { topics } from '../../src/application/kernel/messaging/topics.js';
import { asyncApi } from '../../src/application/operating/documents/asyncapi.js';
import { Tokens } from '../../src/infrastructure/container/tokens.js';
import { type RunningServer } from '../../src/infrastructure/start-server.js';
import { answerOf } from '../support/answer-of.js';
import { eventually } from '../support/eventually.js';
import { everything, sampleMessage } from '../support/message-samples.js';
import { http } from '../support/server/http.js';
import { startInProcess } from '../support/server/in-process-server.js';
import { tempDirs } from '../support/temp-dir.js';

const PARTITIONS = 3;
const schema = z.record(z.string(), z.unknown());
const document = z
  .object({
    channels: z.record(
      z.string(),
      z.object({ messages: z.record(z.string(), z.object({ headers: schema, payload: schema })) }),
    ),
  })
  .parse(asyncApi(PARTITIONS));

let server: RunningServer;
afterAll(() => server.stop());
const newDir = tempDirs();
beforeAll(async () => {
  server = await startInProcess(newDir(), { LOG_LEVEL: 'silent' });
});

const post = (path: string, body: object = {}) => http(`${server.url}${path}`, body);
const until = (path: string, found: object) =>
  eventually(async () => expect((await http(`${server.url}${path}`)).body).toMatchObject(found));

const order = async (orderId: string): Promise<void> => {
  const lines = [{ productId: 'ticket', quantity: 1 }];
  const placed = await post('/api/orders', { orderId, userId: 'ana', lines, shipping: { recipient: 'Ana' } });
  expect(placed.status).toBe(201);
};
const pay = (orderId: string, gatewayPaymentId: string) =>
  post('/api/payments', { orderId, userId: 'ana', amount: 500, gatewayPaymentId });

/** A sale in which everything happens that others are told of while it is on. */
const aSale = async (): Promise<void> => {
  const spring = { couponId: 'spring', name: 'Spring', quantity: 1, discount: { kind: 'PERCENT', value: 5 } };
  await post('/api/coupons', spring);
  for (const userId of ['ana', 'ben']) await post('/api/coupons/spring/issue', { userId });
  await until('/api/coupons/spring/issue-status?userId=ana', { status: 'ISSUED' });
  await post('/api/coupons/spring/quantity', { quantity: 5 });
  await post('/api/coupons/spring/pause');
  await post('/api/coupons/spring/resume');
  await post('/api/events', { eventId: 'gala', name: 'Gala', opensAt: '2026-01-01T00:00:00Z' });
  await until('/api/events/gala', { status: 'OPEN' });
  await post('/api/products', { productId: 'ticket', name: 'Ticket', price: 500, stock: 5 });
  await post('/api/products/ticket/stock', { quantity: 5 });
  await order('sent');
  await pay('sent', 'g-1');
  await until('/api/orders/sent', { status: 'CONFIRMED' });
  await post('/api/orders/sent/ship');
  await post('/api/orders/sent/deliver');
  await order('paid-back');
  await pay('paid-back', 'g-2');
  await until('/api/orders/paid-back', { status: 'CONFIRMED' });
  await post('/api/orders/paid-back/cancel');
  await order('declined');
  await pay('declined', 'decline-1');
};

/** What the sale leads to, sooner or later. */
const TOLD = [
  'COUPON_CREATED',
  'COUPON_ISSUED',
  'COUPON_PAUSED',
  'COUPON_RESUMED',
  'COUPON_QUANTITY_CHANGED',
  'EVENT_OPEN',
  'ORDER_CREATED',
  'ORDER_PLACED',
  'ORDER_COMPLETED',
  'ORDER_SHIPPED',
  'ORDER_DELIVERED',
  'ORDER_CANCELLED',
  'ORDER_STATUS_CHANGED',
  'PAYMENT_COMPLETED',
  'PAYMENT_DECLINED',
  'PAYMENT_REFUNDED',
  'COUPON_ISSUE_REQUESTED',
  'STOCK_RESERVE',
  'DEAD_LETTER',
];

const published = async () => {
  const log = server.container.get(Tokens.MessageLog);
  const of = topics(PARTITIONS).map(({ name, partitions }) => everything(log, name, partitions));
  return (await Promise.all(of)).flat();
};

const typesOf = (messages: Awaited<ReturnType<typeof published>>): ReadonlySet<string | undefined> =>
  new Set(messages.map(({ headers }) => headers['event-type']));

test('every message of a sale, on whichever topic, is as the AsyncAPI document says', async () => {
  await aSale();
  const log = server.container.get(Tokens.MessageLog);
  await answerOf(log.publish('coupon-issue-requests', sampleMessage('not JSON', 'spring')));
  await eventually(async () => {
    const types = typesOf(await published());
    expect(TOLD.filter((type) => !types.has(type))).toEqual([]);
  });

  const ajv = new Ajv2020({ strict: false, allErrors: true });
  formats.default(ajv);
  for (const { topic, value, headers } of await published()) {
    if (value === 'not JSON') continue;
    const type = headers['event-type'] ?? '';
    const documented = document.channels[topic]?.messages[type];
    if (documented === undefined) throw new Error(`${type} on ${topic} is not documented: see notices-registry.ts`);
    for (const [part, is] of [
      [documented.headers, headers],
      [documented.payload, JSON.parse(value)],
    ] as const)
      if (!ajv.validate(part, is)) throw new Error(`${type} on ${topic}: ${ajv.errorsText()}: ${JSON.stringify(is)}`);
  }
});
