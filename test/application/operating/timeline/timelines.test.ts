import { either as E, taskEither as TE } from 'fp-ts';
import { COUPON_REJECTION_STREAMS } from '../../../../src/application/coupon/coupon-aggregate.js';
import { orInterrupt } from '../../../../src/application/kernel/projection/interrupted.js';
import { type LivePage } from '../../../../src/application/kernel/projection/live-reader.js';
import { projectionOf } from '../../../../src/application/kernel/projection/projection.js';
import { type TimelineEntry } from '../../../../src/application/operating/timeline/timeline-entry.js';
import { timelineOfUser } from '../../../../src/application/operating/timeline/timeline-of-user.js';
import { timelinesView } from '../../../../src/application/operating/timeline/timelines.js';
import { BEGINNING, type EventBody, type RecordedEvent } from '../../../../src/application/ports/event-store.js';
import { type EventFeed } from '../../../../src/application/ports/event-feed.js';
import { inMemoryPersonalData } from '../../../support/in-memory/personal-data.js';
import { InMemoryReadModels } from '../../../support/in-memory/read-models.js';
import { recorded } from '../../../support/in-memory/recorded.js';

type Told = readonly [streamId: string, event: EventBody & Readonly<Record<string, unknown>>];

const build = { view: timelinesView.name, version: timelinesView.version, build: 1 };
const [ofAna, ofBen] = [{ userId: 'ana' }, { userId: 'ben' }];
const goods = { productId: 'tv', orderId: 'o-1', quantity: 1, at: 5 };
const lines = [{ productId: 'tv', quantity: 1, unitPrice: 900 }];
const shipping = { recipient: 'Ana', address: 'Harbour 1' };
const placed = {
  type: 'OrderCreated',
  orderId: 'o-1',
  ...ofAna,
  lines,
  shipping,
  couponId: null,
  holdExpiresAt: 60_000,
};

/** From the queue to the delivery, with somebody else in between. */
const story: ReadonlyArray<Told> = [
  ['waitingRoom-w', { type: 'TokenJoined', ...ofAna, tokenId: 't-1', idleAt: 9_000 }],
  ['coupon-c', { type: 'CouponIssued', ...ofAna, couponId: 'c', requestId: 'r-1', place: 1, at: 1_000 }],
  [
    'couponRejections-c',
    { type: 'CouponRequestRejected', ...ofBen, couponId: 'c', requestId: 'r-2', code: 'OUT_OF_STOCK', at: 1 },
  ],
  ['stock-tv', { type: 'StockReserved', ...goods, expiresAt: 60_000 }],
  ['stock-tv', { type: 'StockReserved', ...goods, orderId: 'never', expiresAt: 60_000 }],
  ['order-o-1', placed],
  ['stock-tv', { type: 'StockReleased', ...goods, orderId: 'never', reason: 'ROLLED_BACK' }],
  [
    'payment-p',
    {
      type: 'PaymentAttempted',
      ...ofAna,
      paymentId: 'p',
      orderId: 'o-1',
      outcome: 'UNKNOWN',
      code: 'TIMEOUT',
      amount: 900,
    },
  ],
  ['stock-tv', { type: 'StockDeducted', ...goods }],
  ['delivery-o-1', { type: 'DeliveryCreated', ...ofAna, orderId: 'o-1', shipping }],
  ['delivery-o-1', { type: 'DeliveryShipped', orderId: 'o-1' }],
];

const events = story.map(([streamId, event], position) => recorded(event, position, streamId));
/** All of them, but for what the store has dropped. */
const keeping = (kept: (event: RecordedEvent) => boolean): Pick<EventFeed, 'at'> => ({
  at: (positions) => TE.right(events.filter((event) => positions.includes(event.position) && kept(event))),
});

const written = async (batch = story.length): Promise<InMemoryReadModels> => {
  const readModels = new InMemoryReadModels();
  const folder = projectionOf(timelinesView).folderFor(build, readModels);
  let from = BEGINNING;
  for (let first = 0; first < events.length; first += batch) {
    const to = Math.min(first + batch, events.length) - 1;
    const writes = await folder.fold(events.slice(first, first + batch));
    await orInterrupt(readModels.write(build, writes, { from, to }));
    from = to;
  }
  await orInterrupt(readModels.flip(build));
  return readModels;
};
const asking = (readModels: InMemoryReadModels, feed = keeping(() => true)) =>
  timelineOfUser({ readModels, feed, personalData: inMemoryPersonalData() });
const page = async (
  readModels: InMemoryReadModels,
  request: { userId?: string; limit?: number; cursor?: string },
  feed = keeping(() => true),
) => {
  const found = await asking(readModels, feed)({ userId: 'ana', limit: 100, ...request })();
  if (E.isLeft(found)) throw new Error(found.left.code);
  return found.right;
};
const names = ({ items }: LivePage<TimelineEntry>): ReadonlyArray<string> => items.map(({ what }) => what);

const ANAS = [
  'TokenJoined',
  'CouponIssued',
  'StockReserved',
  'OrderCreated',
  'PaymentAttempted',
  'StockDeducted',
  'DeliveryCreated',
  'DeliveryShipped',
];

test.each([1, 3, 100])(
  'one list from the queue to the delivery, in order, when folded %d events at a time',
  async (batch) => {
    const readModels = await written(batch);
    expect(names(await page(readModels, {}))).toEqual(ANAS);
    expect(names(await page(readModels, { userId: 'ben' }))).toEqual(['CouponRequestRejected']);
    expect(names(await page(readModels, { userId: 'nobody' }))).toEqual([]);
  },
);

test.each([1, 2, 3, 5, 8])('pages of %d follow on each other without gap or repetition', async (limit) => {
  const readModels = await written();
  const seen: string[] = [];
  for (let cursor: string | null = ''; cursor !== null;) {
    const found: LivePage<TimelineEntry> = await page(readModels, { limit, ...(cursor !== '' && { cursor }) });
    expect(found.items.length).toBeLessThanOrEqual(limit);
    seen.push(...names(found));
    cursor = found.nextCursor;
  }
  expect(seen).toEqual(ANAS);
});

test('an entry says what, when, by which request, what was told; and not where the goods go', async () => {
  const { items } = await page(await written(), {});
  expect(items[1]).toEqual({
    at: new Date(1_000_001).toISOString(),
    askedAt: new Date(1_000).toISOString(),
    what: 'CouponIssued',
    stream: 'coupon-c',
    facts: { couponId: 'c', requestId: 'r-1', place: 1 },
    notice: 'coupon-issued',
    correlationId: 'test',
    position: 1,
  });
  expect(items[3]?.facts).toEqual({ orderId: 'o-1', lines, holdExpiresAt: '1970-01-01T00:01:00.000Z' });
  expect(JSON.stringify(items)).not.toContain('Harbour');
});

test('of an event only its position is kept here, for the event store has it; of a rejection all, for that is dropped there after a week', async () => {
  const readModels = await written();
  const { items } = await orInterrupt(readModels.scan(build, null, 100));
  expect(items.filter(({ document }) => /[a-z]+":{/i.test(JSON.stringify(document))).map(({ id }) => id)).toEqual([
    'user/ben/0000000000000002',
  ]);
  expect(JSON.stringify(items)).not.toContain('Harbour');
  const weeksLater = keeping(({ streamId }) => !streamId.startsWith(COUPON_REJECTION_STREAMS));
  expect(names(await page(readModels, { userId: 'ben' }, weeksLater))).toEqual(['CouponRequestRejected']);
});

test('an event that the store has dropped is left out, and the pages around it follow on each other', async () => {
  const readModels = await written();
  const withoutFourth = keeping(({ position }) => position !== 3);
  const first = await page(readModels, { limit: 3 }, withoutFourth);
  expect(names(first)).toEqual(ANAS.slice(0, 2));
  expect(names(await page(readModels, { cursor: first.nextCursor ?? '' }, withoutFourth))).toEqual(ANAS.slice(3));
});

test('what was written while a page was being read is left to the next one', async () => {
  const readModels = await written();
  const upTo = (position: number): InMemoryReadModels =>
    Object.assign(Object.create(readModels), { checkpoint: () => TE.right(position) });
  expect(names(await page(upTo(5), {}))).toEqual(ANAS.slice(0, 4));
});

test('while the events cannot be read there is no timeline, and not half of one', async () => {
  const away: Pick<EventFeed, 'at'> = { at: () => TE.left('EventStoreUnavailable') };
  expect(await asking(await written(), away)({ userId: 'ana', limit: 5 })()).toEqual(E.left({ code: 'UNAVAILABLE' }));
});

test('goods of an order that never came to stand leave nothing behind', async () => {
  const readModels = await written();
  const all = await orInterrupt(readModels.scan(build, null, 100));
  expect(all.items.map(({ id }) => id).filter((id) => id.includes('never'))).toEqual([]);
});

test('a cursor nobody gave out is refused', async () => {
  const ask = asking(await written());
  expect(await ask({ userId: 'ana', limit: 5, cursor: 'x' })()).toEqual(E.left({ code: 'INVALID_CURSOR' }));
});
