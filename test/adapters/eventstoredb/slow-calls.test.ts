import { setTimeout as sleep } from 'node:timers/promises';
import { either as E } from 'fp-ts';
import { openEventStore } from '../../../src/adapters/embedded/event-store/open-event-store.js';
import { openEventStoreDb } from '../../../src/adapters/eventstoredb/open-event-store-db.js';
import { BEGINNING, NO_STREAM, type RecordedEvent } from '../../../src/application/ports/event-store.js';
import { answerOf } from '../../support/answer-of.js';
import { openedDirectory } from '../../support/embedded.js';
import { freshStream, sampleEvents } from '../../support/event-samples.js';
import { eventually } from '../../support/eventually.js';
import { startStandIn } from '../../support/eventstoredb-stand-in/stand-in.js';
import { recordFeed } from '../../support/feed-recorder.js';
import { tempDirs } from '../../support/temp-dir.js';

const newDir = tempDirs();
const WITHIN = 20_000;
const COUNT = 200;
const DRIP_MS = 20;

/** A server that stops in the middle of reading the streams it is told to hold. */
const setting = async (timeoutMs: number) => {
  const directory = await openedDirectory(newDir());
  const embedded = openEventStore(directory.root);
  const held = new Map<string, Promise<void>>();
  const half: string[] = [];
  const drips = new Map<string, Promise<void>>();
  const beforeEach = async ({ streamId, revision }: RecordedEvent): Promise<void> => {
    const drip = drips.get(streamId);
    if (drip !== undefined) await Promise.race([drip, sleep(DRIP_MS)]);
    if (revision !== COUNT / 2) return;
    const hold = held.get(streamId);
    if (hold !== undefined) half.push(streamId);
    await hold;
  };
  const server = await startStandIn({ ...embedded, beforeEach });
  const news: string[] = [];
  const adapter = openEventStoreDb({
    connectionString: server.connectionString,
    timeoutMs,
    onNews: ({ what }) => news.push(what),
  });
  const written = async (): Promise<string> => {
    const stream = freshStream();
    await answerOf(adapter.store.append(stream, NO_STREAM, sampleEvents(COUNT)));
    return stream;
  };
  return {
    ...adapter,
    news,
    written,
    /** Reads of the stream stop half way until this is called. */
    hold: (stream: string): (() => void) => {
      let release: () => void = () => undefined;
      held.set(stream, new Promise((resolve) => (release = resolve)));
      return release;
    },
    /** Reads of the stream come event by event, and far from all within a call's timeout, until this is called. */
    drip: (stream: string): (() => void) => {
      let release: () => void = () => undefined;
      drips.set(stream, new Promise((resolve) => (release = resolve)));
      return release;
    },
    isHalfWay: (stream: string) => eventually(() => half.includes(stream)),
    end: async () => {
      await adapter.close();
      await server.stop();
      await embedded.close();
      await directory.close();
    },
  };
};

describe('One slow call', () => {
  it('does not end the others: reads and subscriptions beside it go on to their end', async () => {
    const db = await setting(1_500);
    const [slow, beside] = [await db.written(), await db.written()];
    const later = freshStream('later');
    const recorder = recordFeed(db.feed, BEGINNING, { streamPrefixes: ['later'] });
    await answerOf(db.store.append(later, NO_STREAM, sampleEvents(1)));
    await eventually(() => expect(recorder.events).toHaveLength(1));
    const [releaseSlow, releaseBeside] = [db.hold(slow), db.drip(beside)];
    const timedOut = db.store.readStream(slow, 0, COUNT)();
    await db.isHalfWay(slow);
    // What is answered meanwhile shows that the connection lives.
    await answerOf(db.store.append(later, 0, sampleEvents(1)));
    const reading = db.store.readStream(beside, 0, COUNT)();
    expect(await timedOut).toEqual(E.left('EventStoreUnavailable'));
    releaseBeside();
    expect(E.map((events: ReadonlyArray<unknown>) => events.length)(await reading)).toEqual(E.right(COUNT));
    await answerOf(db.store.append(later, 1, sampleEvents(1)));
    await eventually(() => expect(recorder.events).toHaveLength(3));
    expect(db.news).toEqual([]);
    releaseSlow();
    await recorder.stop();
    await db.end();
  });

  it.each(['readStream', 'read'] as const)(
    'that is cut off half way by closing is not taken for complete: %s',
    async (kind) => {
      const db = await setting(WITHIN);
      const stream = await db.written();
      const release = db.hold(stream);
      const reading = kind === 'read' ? db.feed.read(BEGINNING)() : db.store.readStream(stream, 0, COUNT)();
      await db.isHalfWay(stream);
      await db.close();
      expect(await reading).toEqual(E.left('EventStoreUnavailable'));
      release();
      await db.end();
    },
  );
});
