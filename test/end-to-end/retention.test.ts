import { openEventStore } from '../../src/adapters/embedded/event-store/open-event-store.js';
import { openIdempotencyKeys } from '../../src/adapters/embedded/idempotency/open-idempotency-keys.js';
import { openMessageLog } from '../../src/adapters/embedded/message-log/open-message-log.js';
import { openReadModels } from '../../src/adapters/embedded/read-models/open-read-models.js';
import { couponRejectionsStream, couponStream } from '../../src/application/coupon/coupon-aggregate.js';
import { COUPON_EVENTS, topics } from '../../src/application/kernel/messaging/topics.js';
import { REJECTIONS_KEPT_SECONDS } from '../../src/application/kernel/writer/rejected-requests.js';
import { allProjections, retiredViews } from '../../src/application/operating/all-projections.js';
import { BEGINNING, NO_STREAM } from '../../src/application/ports/event-store.js';
import { type CouponEvent } from '../../src/domain/coupon/events.js';
import { type CouponRejectionEvent } from '../../src/domain/coupon-rejections/events.js';
import { Tokens } from '../../src/infrastructure/container/tokens.js';
import { answerOf } from '../support/answer-of.js';
import { openedDirectory } from '../support/embedded.js';
import { eventually } from '../support/eventually.js';
import { http } from '../support/server/http.js';
import { startInProcess } from '../support/server/in-process-server.js';
import { tempDirs } from '../support/temp-dir.js';

const newDir = tempDirs();
const DAY = 86_400_000;
const LONG_AGO = Date.now() - 100 * DAY;

const at = LONG_AGO;
const couponId = 'old';
const sale: ReadonlyArray<CouponEvent> = [
  {
    ...{ type: 'CouponCreated', couponId, name: 'Old', quantity: 1, discount: { kind: 'PERCENT', value: 10 } },
    ...{ opensAt: null, closesAt: LONG_AGO + DAY, eventId: null, at },
  },
  { type: 'CouponIssued', couponId, userId: 'ana', requestId: 'r-ana', place: 1, at },
];
const refusal: CouponRejectionEvent = {
  ...{ type: 'CouponRequestRejected', couponId, userId: 'ben', requestId: 'r-ben', code: 'OUT_OF_STOCK', at },
};
const toAppend = <Event extends { readonly type: string }>(event: Event, index = 0) => ({
  id: `${event.type}-${index}`,
  event,
  metadata: { correlationId: 'long-ago' },
});

/** As a server left it a hundred days ago. */
const leftLongAgo = async (directory: string): Promise<void> => {
  const { root, close } = await openedDirectory(directory);
  const now = (): number => LONG_AGO;
  const { store, close: closeStore } = openEventStore(root, { now });
  await answerOf(store.keepFor(couponRejectionsStream(couponId), REJECTIONS_KEPT_SECONDS));
  await answerOf(store.append(couponRejectionsStream(couponId), NO_STREAM, [toAppend(refusal)]));
  await answerOf(store.append(couponStream(couponId), NO_STREAM, sale.map(toAppend)));
  const log = openMessageLog(root, { now });
  await answerOf(log.ensureTopics(topics(3)));
  await answerOf(log.publish(COUPON_EVENTS, { key: couponId, value: '{}', headers: {} }));
  const keys = openIdempotencyKeys(root, { now });
  await answerOf(keys.begin('asked-once', 'fingerprint', LONG_AGO));
  await log.close();
  await closeStore();
  await close();
};

const keysIn = async (directory: string): Promise<number> => {
  const { root, close } = await openedDirectory(directory);
  const count = root.openDB('idempotency-keys', { encoding: 'json' }).getCount();
  await close();
  return count;
};

test('a running server drops what it need not keep, and answers for an archived coupon from what stays', async () => {
  const directory = newDir();
  await leftLongAgo(directory);
  expect(await keysIn(directory)).toBe(1);
  const server = await startInProcess(directory);
  const { url, container } = server;
  const [feed, log] = [container.get(Tokens.Feed), container.get(Tokens.MessageLog)];
  const types = async (): Promise<ReadonlyArray<string>> =>
    (await answerOf(feed.read(BEGINNING, { streamPrefixes: ['coupon'] }))).events.map(({ event }) => event.type);

  await eventually(async () => expect(await types()).toEqual(['CouponCreated', 'CouponIssued']));
  const messages = async (): Promise<number> => {
    const partitions = [0, 1, 2].map((partition) =>
      answerOf(log.read({ topic: COUPON_EVENTS, partition, offset: 0 }, 10)),
    );
    return (await Promise.all(partitions)).flat().filter(({ value }) => value === '{}').length;
  };
  await eventually(async () => expect(await messages()).toBe(0));
  const statusOf = (userId: string) =>
    http(`${url}/api/coupons/issue-status/r-${userId}?couponId=old&userId=${userId}`);
  await eventually(async () => expect((await statusOf('ben')).status).toBe(404));
  expect((await statusOf('ana')).body).toMatchObject({ status: 'SUCCESS', place: 1 });
  expect((await http(`${url}/api/coupons/old`)).body).toMatchObject({ status: 'CLOSED', issued: 1 });
  expect((await http(`${url}/admin/coupons/old/verify`)).body).toMatchObject({ verdict: 'PASS' });
  expect((await http(`${url}/admin/projections/outcomes/verify`)).body).toMatchObject({ verdict: 'PASS' });
  expect(await http(`${url}/api/coupons/old/issue`, { userId: 'cem' })).toMatchObject({
    status: 409,
    body: { code: 'CLOSED' },
  });
  await server.stop();
  expect(await keysIn(directory)).toBe(0);
});

const NOTICES = { view: 'notices', version: 3, build: 1 };

test('documents of views that no longer exist are dropped: they may be about users who asked to be forgotten', async () => {
  const directory = newDir();
  const { root, close } = await openedDirectory(directory);
  const before = openReadModels(root);
  const left = { id: 'ana', document: { text: 'for Ana' }, entries: [] };
  await answerOf(before.write(NOTICES, [left], { from: BEGINNING, to: 7 }));
  await answerOf(before.flip(NOTICES));
  await before.close();
  await close();

  const server = await startInProcess(directory);
  const readModels = server.container.get(Tokens.ReadModels);
  await eventually(async () => expect((await answerOf(readModels.builds(NOTICES.view))).all).toEqual([]));
  await server.stop();
});

test('no view has the name of one that is dropped', () => {
  expect(allProjections.filter(({ name }) => retiredViews.includes(name))).toEqual([]);
});
