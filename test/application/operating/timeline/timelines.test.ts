import { either as E } from 'fp-ts';
import { BEGINNING, type EventBody } from '../../../../src/application/ports/event-store.js';
import { orInterrupt } from '../../../../src/application/kernel/projection/interrupted.js';
import { projectionOf } from '../../../../src/application/kernel/projection/projection.js';
import { timelineOfUser, type TimelinePage } from '../../../../src/application/operating/timeline/timeline-of-user.js';
import { timelinesView } from '../../../../src/application/operating/timeline/timelines.js';
import { InMemoryReadModels } from '../../../support/in-memory/read-models.js';
import { recorded } from '../../../support/in-memory/recorded.js';
import { inMemoryPersonalData } from '../../../support/in-memory/personal-data.js';

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

const written = async (told: ReadonlyArray<Told>, batch = told.length): Promise<InMemoryReadModels> => {
  const readModels = new InMemoryReadModels();
  const folder = projectionOf(timelinesView).folderFor(build, readModels);
  const events = told.map(([streamId, event], position) => recorded(event, position, streamId));
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
const page = async (readModels: InMemoryReadModels, request: { userId?: string; limit?: number; cursor?: string }) => {
  const found = await timelineOfUser({ readModels, personalData: inMemoryPersonalData() })({
    userId: 'ana',
    limit: 100,
    ...request,
  })();
  if (E.isLeft(found)) throw new Error(found.left.code);
  return found.right;
};
const names = ({ items }: TimelinePage): ReadonlyArray<string> => items.map(({ what }) => what);

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
    const readModels = await written(story, batch);
    expect(names(await page(readModels, {}))).toEqual(ANAS);
    expect(names(await page(readModels, { userId: 'ben' }))).toEqual(['CouponRequestRejected']);
    expect(names(await page(readModels, { userId: 'nobody' }))).toEqual([]);
  },
);

test.each([1, 2, 3, 5, 8])('pages of %d follow on each other without gap or repetition', async (limit) => {
  const readModels = await written(story);
  const seen: string[] = [];
  for (let cursor: string | null = ''; cursor !== null;) {
    const found: TimelinePage = await page(readModels, { limit, ...(cursor !== '' && { cursor }) });
    expect(found.items.length).toBeLessThanOrEqual(limit);
    seen.push(...names(found));
    cursor = found.nextCursor;
  }
  expect(seen).toEqual(ANAS);
});

test('an entry says what, when, by which request, what was told; and not where the goods go', async () => {
  const { items } = await page(await written(story), {});
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

test('where the goods go is not kept here either', async () => {
  const kept = await orInterrupt((await written(story)).scan(build, null, 100));
  expect(JSON.stringify(kept)).toContain('DeliveryCreated');
  expect(JSON.stringify(kept)).not.toContain('Harbour');
});

test('goods of an order that never came to stand leave nothing behind', async () => {
  const readModels = await written(story);
  const all = await orInterrupt(readModels.scan(build, null, 100));
  expect(all.items.map(({ id }) => id).filter((id) => id.includes('never'))).toEqual([]);
});

test('a cursor nobody gave out is refused', async () => {
  const ask = timelineOfUser({ readModels: await written(story), personalData: inMemoryPersonalData() });
  expect(await ask({ userId: 'ana', limit: 5, cursor: 'x' })()).toEqual(E.left({ code: 'INVALID_CURSOR' }));
});
