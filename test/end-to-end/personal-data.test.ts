import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { either as E } from 'fp-ts';
import { restoreBackup } from '../../src/adapters/embedded/backup/restore-backup.js';
import { takeBackup } from '../../src/adapters/embedded/backup/take-backup.js';
import { NO_STREAM } from '../../src/application/ports/event-store.js';
import { orderStream } from '../../src/application/checkout/aggregates/order-aggregate.js';
import { topics } from '../../src/application/kernel/messaging/topics.js';
import { type OrderEvent } from '../../src/domain/order/events.js';
import { exportHistory } from '../../src/application/operating/history/export-history.js';
import { createPinoLog } from '../../src/infrastructure/logging/pino-log.js';
import { Tokens } from '../../src/infrastructure/container/tokens.js';
import { type RunningServer } from '../../src/infrastructure/start-server.js';
import { answerOf } from '../support/answer-of.js';
import { checkedFetch } from '../support/contract/checked-fetch.js';
import { eventually } from '../support/eventually.js';
import { http } from '../support/server/http.js';
import { startInProcess } from '../support/server/in-process-server.js';
import { z } from 'zod';
import { tempDirs } from '../support/temp-dir.js';

const newDir = tempDirs();
const backups = newDir();
const SECRET = 'what the shop keeps in its vault '.repeat(2);
/** Stands nowhere else. */
const ADDRESS = 'Zwiebelgasse-4711-unter-den-Linden';
/** Of a field that this shop marks: it is looked for wherever the address is. */
const GIFT = `Enjoy it in ${ADDRESS}`;

const directory = newDir();
let server: RunningServer;
const logged: string[] = [];
const start = async (): Promise<void> => {
  const destination = { write: (line: string) => void logged.push(line) };
  const log = createPinoLog({ level: 'debug', name: 'all', destination });
  server = await startInProcess(
    directory,
    { PERSONAL_DATA_KEY: SECRET, PERSONAL_FIELDS: 'giftMessage,lines' },
    { log },
  );
};
beforeAll(start);
afterAll(() => server.stop());

const call = (path: string, body?: object) => http(`${server.url}${path}`, body);
const order = async (orderId: string) => (await call(`/api/orders/${orderId}`)).body;

const filesOf = (path: string): ReadonlyArray<string> =>
  readdirSync(path, { recursive: true, encoding: 'utf8' })
    .map((name) => join(path, name))
    .filter((file) => statSync(file).isFile());
const filesWith = (path: string, text: string): ReadonlyArray<string> =>
  filesOf(path).filter((file) => readFileSync(file).includes(text));

const messages = async (): Promise<string> => {
  const log = server.container.get(Tokens.MessageLog);
  const all = topics(3).map(async ({ name, partitions }) => {
    const read = Array.from({ length: partitions }, (_, partition) =>
      answerOf(log.read({ topic: name, partition, offset: 0 }, 1_000)),
    );
    return (await Promise.all(read)).flat();
  });
  return JSON.stringify(await Promise.all(all));
};

const exported = async (): Promise<string> => {
  const feed = server.container.get(Tokens.Engines).events.feed;
  const lines: string[] = [];
  for await (const line of exportHistory(feed, await answerOf(feed.head()))) lines.push(JSON.stringify(line));
  return lines.join('\n');
};

/** Ordered, paid, on its way. */
const buy = async (orderId: string, userId: string): Promise<void> => {
  const shipping = { recipient: 'Ana', address: ADDRESS };
  const wish = { orderId, userId, lines: [{ productId: 'lamp', quantity: 1 }], shipping, giftMessage: GIFT };
  expect(await call('/api/orders', wish)).toMatchObject({ status: 201 });
  const pay = { orderId, userId, amount: 500, gatewayPaymentId: `g-${orderId}` };
  expect((await call('/api/payments', pay)).status).toBeLessThan(300);
  await eventually(async () => expect(await order(orderId)).toMatchObject({ status: 'CONFIRMED' }));
};

beforeAll(async () => {
  await call('/api/products', { productId: 'lamp', name: 'Lamp', price: 500, stock: 10 });
  await buy('of-ana', 'ana');
  await buy('of-ben', 'ben');
  await call('/api/users/ana/points/charge', { amount: 70 });
  await call('/api/coupons', { couponId: 'friday', name: 'F', quantity: 5, discount: { kind: 'PERCENT', value: 10 } });
  await call('/api/coupons/friday/issue', { userId: 'ana' });
  const terms = { method: 'PUT', headers: { 'content-type': 'application/json' } };
  const body = JSON.stringify({ activeLimit: 1, activeTtlSeconds: 60 });
  await checkedFetch(`${server.url}/api/v1/schedules/gala`, { ...terms, body });
  await call('/api/v1/waiting-token', { scheduleId: 'gala', userId: 'ana' });
  await call('/api/orders/of-ana/ship', {});
  await eventually(async () => expect((await call('/api/users/ana/coupons')).body).toMatchObject({ items: [{}] }));
});

test('an address is shown to who may see the order, and stands nowhere in plain text', async () => {
  expect(await order('of-ana')).toMatchObject({ shipping: { recipient: 'Ana', address: ADDRESS, giftMessage: GIFT } });
  expect(await order('of-ana')).not.toHaveProperty('erased');
  expect((await call('/api/users/ana/orders')).body).toMatchObject({ items: [{ shipping: { address: ADDRESS } }] });
  expect(filesWith(directory, ADDRESS)).toStrictEqual([]);
  expect(await messages()).not.toContain(ADDRESS);
  expect(await exported()).toContain('of-ana');
  expect(await exported()).not.toContain(ADDRESS);
  for (const path of ['/metrics', '/admin/users/ana/timeline', '/admin/audit'])
    expect(JSON.stringify(await call(path))).not.toContain(ADDRESS);
});

test('an order repeated with the same address is the same, and with another one is refused', async () => {
  const lines = [{ productId: 'lamp', quantity: 1 }];
  const wish = { orderId: 'of-ana', userId: 'ana', lines, giftMessage: GIFT };
  const shipping = { address: ADDRESS, recipient: 'Ana' };
  expect(await call('/api/orders', { ...wish, shipping })).toMatchObject({ status: 201 });
  expect(await call('/api/orders', { ...wish, shipping: { ...shipping, address: 'elsewhere' } })).toMatchObject({
    status: 409,
    body: { code: 'REQUEST_ID_REUSED' },
  });
});

const erase = async (userId: string) => {
  const path = `/admin/users/${userId}/personal-data?reason=ticket+1`;
  const response = await checkedFetch(`${server.url}${path}`, { method: 'DELETE' });
  const body: unknown = await response.json();
  return { status: response.status, body };
};

test('a reason for cancelling is shown in answers, but messages and files do not contain it in plain text', async () => {
  const wish = { orderId: 'of-dan', userId: 'dan', lines: [{ productId: 'lamp', quantity: 1 }] };
  await call('/api/orders', { ...wish, shipping: { address: 'elsewhere' } });
  const reason = `Dan moved to ${ADDRESS}`;
  expect(await call('/api/orders/of-dan/cancel', { reason })).toMatchObject({ status: 200 });
  expect(await order('of-dan')).toMatchObject({ status: 'CANCELLED', reason });
  await eventually(async () =>
    expect((await call('/admin/users/dan/timeline')).body).toMatchObject({
      items: expect.arrayContaining([
        expect.objectContaining({ what: 'OrderCancelled', facts: { orderId: 'of-dan', reason } }),
      ]),
    }),
  );
  await eventually(async () => expect(await messages()).toContain('STATED'));
  expect(await messages()).not.toContain(ADDRESS);
  expect(filesWith(directory, ADDRESS)).toStrictEqual([]);
  await erase('dan');
  expect(await order('of-dan')).toMatchObject({ shipping: null, erased: true, reason: 'none given' });
});

test('a person is given everything about them', async () => {
  const { status, body } = await call('/admin/users/ana/export');
  expect(status).toBe(200);
  expect(body).toMatchObject({
    userId: 'ana',
    orders: [
      {
        orderId: 'of-ana',
        shipping: { address: ADDRESS, giftMessage: GIFT },
        payment: { amount: 500, status: 'PAID' },
      },
    ],
    coupons: [{ couponId: 'friday' }],
    points: { balance: 70 },
    happened: expect.arrayContaining(
      ['TokenJoined', 'CouponIssued', 'PointsCharged', 'OrderCreated', 'OrderConfirmed'].map((what) =>
        expect.objectContaining({ what }),
      ),
    ),
    cut: [],
  });
  // The export is an act too, and may have been recorded already.
  const acts = z.array(z.looseObject({ route: z.string() })).parse(body['acts']);
  expect(acts.filter(({ route }) => route !== 'GET /admin/users/:userId/export')).toMatchObject([
    { route: 'POST /api/users/:userId/points/charge', subject: 'local' },
    { route: 'POST /api/orders/:orderId/ship' },
  ]);
  expect(JSON.stringify(body)).not.toContain('of-ben');
  expect(await call('/admin/users/nobody/export')).toMatchObject({ status: 404, body: { code: 'USER_NOT_FOUND' } });
});

test('who was given what there is about a person is in the audit trail, and not what it was', async () => {
  await call('/admin/users/ben/export');
  const route = 'GET /admin/users/:userId/export';
  await eventually(async () => {
    const { body } = await call(`/admin/audit?limit=1&route=${encodeURIComponent(route)}`);
    const act = { subject: 'local', target: '/admin/users/ben/export', status: 200, asked: null, after: null };
    expect(body['items']).toMatchObject([act]);
  });
});

const backUp = async (name: string): Promise<string> => {
  const target = join(backups, name);
  const asked = { dataDirectory: directory, target, since: null, version: '1.2.3', now: '2026-11-28T12:00:00.000Z' };
  if (E.isLeft(await takeBackup(asked))) throw new Error('no backup');
  return target;
};

test('what identifies a user is erased for ever, of that user alone; orders and books stay', async () => {
  await backUp('before');
  const erased = await erase('ana');
  expect(erased).toMatchObject({
    status: 200,
    body: { userId: 'ana', erased: true, keyDestroyed: true, plainEvents: 0, erasedAt: expect.any(String) },
  });
  expect(await order('of-ana')).toMatchObject({ shipping: null, erased: true, status: 'SHIPPED', total: 500 });
  expect(await order('of-ben')).toMatchObject({ shipping: { address: ADDRESS } });
  for (const path of ['/admin/orders/of-ana/verify', '/admin/products/lamp/verify'])
    expect((await call(path)).body).toMatchObject({ verdict: 'PASS' });
  expect(await call('/admin/reconcile', {})).toMatchObject({ body: { findings: [] } });
  await eventually(async () =>
    expect((await call('/admin/users/ana/timeline')).body).toMatchObject({
      items: expect.arrayContaining([expect.objectContaining({ what: 'PersonalDataErased' })]),
    }),
  );
  expect(filesWith(directory, ADDRESS)).toStrictEqual([]);
  expect((await call('/admin/users/ana/export')).text).not.toContain(ADDRESS);
});

test('erasing again changes nothing, and a user nobody knows is not found', async () => {
  const [first, again] = [await erase('ana'), await erase('ana')];
  expect(first).toMatchObject({ status: 200, body: { erased: true, keyDestroyed: false } });
  expect(again.body).toStrictEqual(first.body);
  expect(await erase('nobody')).toMatchObject({ status: 404, body: { code: 'USER_NOT_FOUND' } });
});

test('who was erased can order again, and only that is readable', async () => {
  await buy('ana-again', 'ana');
  expect(await order('ana-again')).toMatchObject({ shipping: { address: ADDRESS } });
  expect(await order('of-ana')).toMatchObject({ shipping: null, erased: true });
});

test('it stays erased when the server starts again, and when views are rebuilt', async () => {
  await server.stop();
  await start();
  expect(await order('of-ana')).toMatchObject({ shipping: null, erased: true });
  expect(await order('of-ben')).toMatchObject({ shipping: { address: ADDRESS } });
  expect(await call('/admin/projections/orders/rebuild', { verify: true })).toMatchObject({
    body: { comparison: { differing: 0 } },
  });
  expect(await order('of-ana')).toMatchObject({ shipping: null, erased: true });
});

test('an order of before addresses were sealed is shown, until its user is erased: then it says how many events hold it', async () => {
  const placed: OrderEvent = {
    type: 'OrderCreated',
    orderId: 'old',
    userId: 'cem',
    lines: [{ productId: 'lamp', quantity: 1, unitPrice: 500 }],
    shipping: { address: 'Harbour 1' },
    couponId: null,
    discount: 0,
    points: 0,
    total: 500,
    holdExpiresAt: Date.UTC(2100, 0, 1),
    at: Date.UTC(2026, 0, 1),
  };
  const store = server.container.get(Tokens.EventStore);
  const event = { id: 'old-1', event: placed, metadata: { correlationId: 'test' } };
  await answerOf(store.append(orderStream('old'), NO_STREAM, [event]));
  await eventually(async () => expect(await order('old')).toMatchObject({ shipping: { address: 'Harbour 1' } }));
  for (let times = 0; times < 2; times += 1)
    expect(await erase('cem')).toMatchObject({ status: 200, body: { keyDestroyed: false, plainEvents: 1 } });
  await eventually(async () => expect(await order('old')).toMatchObject({ shipping: null, erased: true }));
});

test('a backup and the log hold no address, and a backup taken before a user was erased does not bring theirs back', async () => {
  const after = await backUp('after');
  await server.stop();
  expect(filesWith(backups, ADDRESS)).toStrictEqual([]);
  const restored = join(newDir(), 'restored');
  const asked = { backup: join(backups, 'before'), dataDirectory: restored, erased: [after] };
  expect(await restoreBackup(asked)).toMatchObject({ right: { keptErased: ['ana'] } });
  expect(filesWith(restored, ADDRESS)).toStrictEqual([]);
  expect(logged.join()).toContain('A view was built anew');
  expect(logged.join()).not.toContain(ADDRESS);
  server = await startInProcess(restored, { PERSONAL_DATA_KEY: SECRET });
  await eventually(async () => expect(await order('of-ana')).toMatchObject({ shipping: null, erased: true }));
  expect(await order('of-ben')).toMatchObject({ shipping: { address: ADDRESS } });
  await server.stop();
  await start();
});

test('a server that is given another PERSONAL_DATA_KEY, or none, does not start and says why', async () => {
  await server.stop();
  await expect(startInProcess(directory, { PERSONAL_DATA_KEY: 'another secret '.repeat(4) })).rejects.toThrow(
    'PERSONAL_DATA_KEY is not the secret',
  );
  await expect(startInProcess(directory)).rejects.toThrow('encrypted with a PERSONAL_DATA_KEY, and none is set');
  await start();
  expect(await order('of-ben')).toMatchObject({ shipping: { address: ADDRESS } });
});
