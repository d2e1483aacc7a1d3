import { openEventStoreDb } from '../../../src/adapters/eventstoredb/open-event-store-db.js';
import { BEGINNING } from '../../../src/application/ports/event-store.js';
import { answerOf } from '../../support/answer-of.js';
import { freshStream, sampleEvents } from '../../support/event-samples.js';
import { eventually } from '../../support/eventually.js';
import { type Version, VERSIONS } from '../../support/eventstoredb-stand-in/behaviour.js';
import { openStandIn } from '../../support/eventstoredb-stand-in/open-stand-in.js';
import { recordFeed } from '../../support/feed-recorder.js';
import { tempDirs } from '../../support/temp-dir.js';

const newDir = tempDirs();

const setting = async (version: Version) => {
  const opened: Array<() => void> = [];
  const server = await openStandIn(newDir(), 0, { version, onSubscription: (end) => opened.push(end) });
  const { store, feed, close } = openEventStoreDb({
    connectionString: server.connectionString,
    backOff: { firstMs: 5, maxMs: 50 },
    lookEveryMs: 25,
  });
  return {
    store,
    feed,
    opened,
    end: async () => {
      await close();
      await server.stop();
    },
  };
};

const numbers = (count: number): ReadonlyArray<number> => Array.from({ length: count }, (_, n) => n);

describe.each(VERSIONS)('all subscriptions of a process to a server of %s', (version) => {
  it('are one subscription there, and each hears what it asked for', async () => {
    const { store, feed, opened, end } = await setting(version);
    const streams = numbers(8).map((n) => freshStream(`kind${n}`));
    const recorders = streams.map((stream) => recordFeed(feed, BEGINNING, { streamPrefixes: [stream] }));
    const all = recordFeed(feed, BEGINNING);
    await eventually(() => expect(opened).toHaveLength(1));
    for (const stream of streams) await answerOf(store.append(stream, -1, sampleEvents(3)));
    await eventually(() => expect(all.events).toHaveLength(24));
    await eventually(() =>
      expect(recorders.map(({ events }) => events.map(({ streamId }) => streamId))).toEqual(
        streams.map((stream) => [stream, stream, stream]),
      ),
    );
    expect(opened).toHaveLength(1);
    await Promise.all([all, ...recorders].map(({ stop }) => stop()));
    await end();
  });

  it('hear what one asks for that comes later, and miss nothing meanwhile', async () => {
    const { store, feed, opened, end } = await setting(version);
    const [first, second] = [freshStream('first'), freshStream('second')];
    const early = recordFeed(feed, BEGINNING, { streamPrefixes: [first] });
    await eventually(() => expect(opened).toHaveLength(1));
    await answerOf(store.append(second, -1, sampleEvents(2)));
    const appending = numbers(50).reduce<Promise<unknown>>(
      (before, n) => before.then(() => answerOf(store.append(first, n * 2 - 1, sampleEvents(2)))),
      Promise.resolve(),
    );
    const late = recordFeed(feed, BEGINNING, { streamPrefixes: [second] });
    await appending;
    await answerOf(store.append(second, 1, sampleEvents(2)));
    await eventually(() => expect(late.events.map(({ revision }) => revision)).toEqual(numbers(4)));
    await eventually(() => expect(early.events.map(({ revision }) => revision)).toEqual(numbers(100)));
    await Promise.all([early.stop(), late.stop()]);
    await end();
  });

  it('are not delayed by a slow one, which gets everything as soon as it can', async () => {
    const { store, feed, end } = await setting(version);
    const stream = freshStream('wanted');
    const heard: number[] = [];
    let isFree = false;
    const slow = feed.subscribe(
      BEGINNING,
      async ({ events }) => {
        if (events.length > 0) await eventually(() => expect(isFree).toBe(true));
        heard.push(...events.map(({ revision }) => revision));
      },
      { streamPrefixes: [stream], batchSize: 5 },
    );
    const quick = recordFeed(feed, BEGINNING, { streamPrefixes: [stream] });
    for (const n of numbers(60)) await answerOf(store.append(stream, n * 3 - 1, sampleEvents(3)));
    await eventually(() => expect(quick.events.map(({ revision }) => revision)).toEqual(numbers(180)));
    expect(heard).toEqual([]);
    isFree = true;
    await eventually(() => expect(heard).toEqual(numbers(180)));
    await Promise.all([slow.stop(), quick.stop()]);
    await end();
  });
});
