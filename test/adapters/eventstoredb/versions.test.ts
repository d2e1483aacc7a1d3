import { either as E } from 'fp-ts';
import { openEventStoreDb } from '../../../src/adapters/eventstoredb/open-event-store-db.js';
import { BEGINNING, NO_STREAM, type Position } from '../../../src/application/ports/event-store.js';
import { answerOf } from '../../support/answer-of.js';
import { freshStream, sampleEvents } from '../../support/event-samples.js';
import { eventually } from '../../support/eventually.js';
import { type Behaviour, MINUS_ONE, VERSIONS } from '../../support/eventstoredb-stand-in/behaviour.js';
import { openStandIn } from '../../support/eventstoredb-stand-in/open-stand-in.js';
import { recordFeed } from '../../support/feed-recorder.js';
import { tempDirs } from '../../support/temp-dir.js';

const newDir = tempDirs();

const setting = async (behaviour: Behaviour) => {
  const server = await openStandIn(newDir(), 0, behaviour);
  const news: string[] = [];
  const adapter = openEventStoreDb({
    connectionString: server.connectionString,
    backOff: { firstMs: 5, maxMs: 50 },
    lookEveryMs: 25,
    onNews: ({ what }) => news.push(what),
  });
  return {
    ...adapter,
    news,
    end: async () => {
      await adapter.close();
      await server.stop();
    },
  };
};

const lies: Readonly<Record<string, (at: Position) => bigint | null>> = {
  'at -1': () => MINUS_ONE,
  'one too high': (at) => BigInt(at + 1),
  'far ahead of the head': (at) => BigInt(at + 1_000_000),
  'too low': (at) => BigInt(Math.max(0, at - 3)),
  'always the same': () => 7n,
  'beyond what is safe': () => 2n ** 60n,
  missing: () => null,
};

describe.each(VERSIONS)('A server of version %s', (version) => {
  it.each(Object.entries(lies))(
    'whose checkpoints are %s makes nobody lose an event or stand at a wrong position',
    async (_, checkpoint) => {
      const ends: Array<() => void> = [];
      const db = await setting({ version, checkpoint, onSubscription: (end) => ends.push(end) });
      const [wanted, other] = [freshStream('wanted'), freshStream('other')];
      const recorder = recordFeed(db.feed, BEGINNING, { streamPrefixes: ['wanted'] });
      await eventually(() => ends.length > 0);
      for (let round = 0; round < 6; round++) {
        await answerOf(db.store.append(other, round - 1, sampleEvents(1)));
        await answerOf(db.store.append(wanted, round * 2 - 1, sampleEvents(2)));
        if (round % 2 === 1) ends.at(-1)?.();
      }
      const { position } = await answerOf(db.store.append(other, 5, sampleEvents(1)));
      await eventually(() => expect(recorder.position()).toBe(position));
      await recorder.stop();
      // As after a restart: whoever goes on from any position told meanwhile misses nothing.
      for (const at of [BEGINNING, ...recorder.batches.map((batch) => batch.position)]) {
        expect(at).toBeLessThanOrEqual(position);
        const later = recordFeed(db.feed, at, { streamPrefixes: ['wanted'] });
        const missing = recorder.events.filter((event) => event.position > at);
        await eventually(() => expect(later.events).toEqual(missing));
        await later.stop();
      }
      expect(recorder.events.map(({ revision }) => revision)).toEqual(Array.from({ length: 12 }, (_, n) => n));
      await db.end();
    },
  );

  it('on which nothing was ever recorded leads nobody astray: what comes later comes in', async () => {
    const db = await setting({ version });
    const recorder = recordFeed(db.feed, BEGINNING, { streamPrefixes: ['wanted'] });
    const other = freshStream('other');
    const { position } = await answerOf(db.store.append(other, NO_STREAM, sampleEvents(1)));
    await eventually(() => expect(recorder.position()).toBe(position));
    await answerOf(db.store.append(freshStream('wanted'), NO_STREAM, sampleEvents(1)));
    await eventually(() => expect(recorder.events).toHaveLength(1));
    await recorder.stop();
    await db.end();
  });

  it('to which a batch is more than a live subscriber is allowed: each event once, at once, and one line about it', async () => {
    const db = await setting({ version });
    const stream = freshStream();
    const recorder = recordFeed(db.feed, BEGINNING, { streamPrefixes: [stream] });
    for (let round = 0; round < 10; round++) {
      await answerOf(db.store.append(stream, round * 100 - 1, sampleEvents(100)));
      await eventually(() => expect(recorder.events).toHaveLength((round + 1) * 100));
    }
    await recorder.stop();
    expect(recorder.events.map(({ revision }) => revision)).toEqual(Array.from({ length: 1_000 }, (_, n) => n));
    const fellBehind = version === '23.10' ? ['a subscription fell behind and reads on by pages'] : [];
    expect(db.news).toEqual(fellBehind);
    await db.end();
  });

  it('that drops an append which is under way already: the second answers as the first', async () => {
    let write: () => void = () => undefined;
    const held = new Promise<void>((resolve) => (write = resolve));
    // The first is written only after the second was dropped.
    const db = await setting({ version, beforeAppend: () => held, onDropped: () => write() });
    const stream = freshStream();
    const events = sampleEvents(2);
    const first = db.store.append(stream, NO_STREAM, events)();
    const second = db.store.append(stream, NO_STREAM, events)();
    expect(await second).toEqual(await first);
    expect(E.isRight(await first)).toBe(true);
    expect(await answerOf(db.store.readStream(stream, 0, 10))).toHaveLength(2);
    expect(db.news).toEqual([]);
    await db.end();
  });
});

test('a server gives a page of as many events as are asked for', async () => {
  const db = await setting({});
  const streams = Array.from({ length: 6 }, () => freshStream());
  for (const stream of streams) await answerOf(db.store.append(stream, NO_STREAM, sampleEvents(1_000)));
  const page = await answerOf(db.feed.read(BEGINNING, { batchSize: 5_500 }));
  expect([page.events.length, page.caughtUp]).toEqual([5_500, false]);
  await db.end();
});
