import { option as O } from 'fp-ts';
import { openEventStoreDb } from '../../../src/adapters/eventstoredb/open-event-store-db.js';
import { BEGINNING, NO_STREAM } from '../../../src/application/ports/event-store.js';
import { answerOf } from '../../support/answer-of.js';
import { sampleEvents } from '../../support/event-samples.js';
import { eventually } from '../../support/eventually.js';
import { openStandIn } from '../../support/eventstoredb-stand-in/open-stand-in.js';
import { recordFeed } from '../../support/feed-recorder.js';
import { tempDirs } from '../../support/temp-dir.js';

const newDirectory = tempDirs();
const open = (connectionString: string, namespace: string) =>
  openEventStoreDb({ connectionString, namespace, backOff: { firstMs: 1, maxMs: 20 }, lookEveryMs: 20 });

test('two shops on one EventStoreDB see nothing of each other: neither streams nor keys', async () => {
  const server = await openStandIn(newDirectory());
  const [ours, theirs, all] = ['ours.', 'theirs.', ''].map((namespace) => open(server.connectionString, namespace));
  if (ours === undefined || theirs === undefined || all === undefined) throw new Error('Not opened');
  const append = (shop: typeof ours, stream: string) => answerOf(shop.store.append(stream, NO_STREAM, sampleEvents(2)));
  const everything = recordFeed(ours.feed, BEGINNING);
  const coupons = recordFeed(ours.feed, BEGINNING, { streamPrefixes: ['coupon-'] });
  await append(theirs, 'coupon-1');
  await append(ours, 'coupon-1');
  await append(ours, 'order-1');
  await append(theirs, 'coupon-2');
  await answerOf(theirs.keys.offer('ana', Buffer.from('their key')));
  await answerOf(ours.keys.offer('ana', Buffer.from('our key')));
  const streams = (recorded: typeof coupons) => recorded.events.map(({ streamId }) => streamId);
  await eventually(() => expect(streams(everything)).toEqual(['coupon-1', 'coupon-1', 'order-1', 'order-1']));
  await eventually(() => expect(streams(coupons)).toEqual(['coupon-1', 'coupon-1']));
  expect(await answerOf(ours.store.readStream('coupon-2', 0, 10))).toEqual([]);
  expect(await answerOf(theirs.store.lastRevision('order-1'))).toBe(NO_STREAM);
  expect(O.toUndefined(await answerOf(theirs.keys.find('ana')))?.toString()).toBe('their key');
  const { events } = await answerOf(all.feed.read(BEGINNING));
  expect(events.map(({ streamId }) => streamId)).toEqual(
    ['theirs.coupon-1', 'ours.coupon-1', 'ours.order-1', 'theirs.coupon-2'].flatMap((stream) => [stream, stream]),
  );
  await Promise.all([everything.stop(), coupons.stop()]);
  await Promise.all([ours, theirs, all].map((shop) => shop.close()));
  await server.stop();
});
