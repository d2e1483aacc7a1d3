import { openEventStoreDb } from '../../../src/adapters/eventstoredb/open-event-store-db.js';
import { BEGINNING, NO_STREAM } from '../../../src/application/ports/event-store.js';
import { type FeedBatch } from '../../../src/application/ports/event-feed.js';
import { answerOf } from '../../support/answer-of.js';
import { freshStream, sampleEvents } from '../../support/event-samples.js';
import { type Version, VERSIONS } from '../../support/eventstoredb-stand-in/behaviour.js';
import { openStandIn } from '../../support/eventstoredb-stand-in/open-stand-in.js';
import { eventually } from '../../support/eventually.js';
import { tempDirs } from '../../support/temp-dir.js';

const newDir = tempDirs();

/** A server that can end its subscriptions, and a client that takes its time to subscribe again, but looks at every moment. */
const setting = async (version: Version) => {
  const endings: Array<() => void> = [];
  const server = await openStandIn(newDir(), 0, { version, onSubscription: (end) => endings.push(end) });
  const { store, feed, close } = openEventStoreDb({
    connectionString: server.connectionString,
    backOff: { firstMs: 100, maxMs: 100 },
    lookEveryMs: 1,
  });
  return {
    append: store.append,
    feed,
    cut: () => endings.at(-1)?.(),
    close: async () => {
      await close();
      await server.stop();
    },
  };
};

describe.each(VERSIONS)('looking how far a subscription of %s has come', (version) => {
  it('passes over nothing it asked for, however slow it is and however often it is cut off', async () => {
    const { append, feed, cut, close } = await setting(version);
    const [wanted, other] = [freshStream('wanted'), freshStream('other')];
    const batches: FeedBatch[] = [];
    const { stop } = feed.subscribe(
      BEGINNING,
      async (batch) => {
        for (let turn = 0; turn < 5; turn++) await new Promise(setImmediate);
        batches.push(batch);
      },
      { streamPrefixes: [wanted], batchSize: 3 },
    );
    for (let round = 0; round < 100; round++) {
      await answerOf(append(other, round * 2 - 1, sampleEvents(2)));
      await answerOf(append(wanted, round * 2 - 1, sampleEvents(2)));
      if (round % 20 === 19) cut();
    }
    const { position } = await answerOf(append(other, 199, sampleEvents(1)));
    await eventually(() => expect(batches.at(-1)?.position).toBe(position));
    await stop();
    const revisions = batches.flatMap(({ events }) => events.map(({ revision }) => revision));
    expect(revisions).toEqual(Array.from({ length: 200 }, (_, n) => n));
    const positions = batches.map((batch) => batch.position);
    expect(positions).toEqual([...positions].sort((one, two) => one - two));
    await close();
  });

  it('hands nothing over while a batch is handled, nor after stopping', async () => {
    const { append, feed, close } = await setting(version);
    const [wanted, other] = [freshStream('wanted'), freshStream('other')];
    const begun: FeedBatch[] = [];
    let finish: () => void = () => undefined;
    const gate = new Promise<void>((resolve) => (finish = resolve));
    const { stop } = feed.subscribe(
      BEGINNING,
      (batch) => {
        begun.push(batch);
        return gate;
      },
      { streamPrefixes: [wanted] },
    );
    await answerOf(append(wanted, NO_STREAM, sampleEvents(1)));
    await eventually(() => begun.length === 1);
    await answerOf(append(other, NO_STREAM, sampleEvents(1)));
    // Another subscription, asking for nothing either, has been told: this one was looked at as well.
    const told: FeedBatch[] = [];
    const beside = feed.subscribe(BEGINNING, async (batch) => void told.push(batch), { streamPrefixes: ['none-'] });
    await eventually(() => expect(told.at(-1)?.position).toBe(1));
    await beside.stop();
    expect(begun).toHaveLength(1);
    const stopping = stop();
    finish();
    await stopping;
    expect(begun).toMatchObject([{ position: 0, events: [{ revision: 0 }] }]);
    await close();
  });

  it('also tells a reader that was too slow to follow at that moment', async () => {
    const { append, feed, close } = await setting(version);
    const [wanted, other] = [freshStream('wanted'), freshStream('other')];
    const told: FeedBatch[] = [];
    feed.subscribe(BEGINNING, async (batch) => void told.push(batch), { streamPrefixes: ['none-'] });
    const begun: FeedBatch[] = [];
    let finish: () => void = () => undefined;
    const gate = new Promise<void>((resolve) => (finish = resolve));
    feed.subscribe(
      BEGINNING,
      (batch) => {
        begun.push(batch);
        return gate;
      },
      { streamPrefixes: [wanted], batchSize: 1 },
    );
    await answerOf(append(wanted, NO_STREAM, sampleEvents(1)));
    await eventually(() => begun.length === 1);
    // It holds two batches at most, and follows nothing until there is room again.
    await answerOf(append(wanted, 0, sampleEvents(1)));
    await answerOf(append(wanted, 1, sampleEvents(1)));
    const { position } = await answerOf(append(other, NO_STREAM, sampleEvents(1)));
    await eventually(() => expect(told.at(-1)?.position).toBe(position));
    finish();
    await eventually(() => expect(begun.at(-1)).toMatchObject({ position, caughtUp: true }));
    await close();
  });
});
