import { jest } from '@jest/globals';
import { either as E } from 'fp-ts';
import { openEventStore } from '../../../src/adapters/embedded/event-store/open-event-store.js';
import { type EventStoreDb, openEventStoreDb } from '../../../src/adapters/eventstoredb/open-event-store-db.js';
import { BEGINNING, NO_STREAM } from '../../../src/application/ports/event-store.js';
import { openedDirectory } from '../../support/embedded.js';
import { answerOf } from '../../support/answer-of.js';
import { freshStream, sampleEvents } from '../../support/event-samples.js';
import { eventually } from '../../support/eventually.js';
import { type OwnEventStore, startOwnEventStore } from '../../support/engines/own-event-store.js';
import { type FaultProxy, startFaultProxy } from '../../support/fault-proxy.js';
import { VERSIONS } from '../../support/eventstoredb-stand-in/behaviour.js';
import { startStandIn } from '../../support/eventstoredb-stand-in/stand-in.js';
import { recordFeed } from '../../support/feed-recorder.js';
import { tempDirs } from '../../support/temp-dir.js';

const newDir = tempDirs();
const TIMEOUT_MS = 400;

/** What the adapter makes of a server that misbehaves: on the wire, with the stand-in as a process of its own. */
describe.each(VERSIONS)('EventStoreDB %s in trouble', (version) => {
  let server: OwnEventStore;
  let proxy: FaultProxy;
  let db: EventStoreDb;
  let troubles: string[];

  beforeAll(async () => {
    server = await startOwnEventStore(version);
  });
  afterAll(() => server.stop());
  beforeEach(async () => {
    proxy = await startFaultProxy({ port: server.port });
    troubles = [];
    db = openEventStoreDb({
      connectionString: `esdb://127.0.0.1:${proxy.port}?tls=false`,
      timeoutMs: TIMEOUT_MS,
      backOff: { firstMs: 5, maxMs: 50 },
      onNews: ({ what }) => troubles.push(what),
    });
    // The first call of a client asks the server what it can do.
    await answerOf(db.feed.head());
  });
  afterEach(async () => {
    await db.close();
    await proxy.close();
  });

  const revisionsOf = async (stream: string) =>
    (await answerOf(db.store.readStream(stream, 0, 100))).map(({ revision }) => revision);
  const answersAgain = () => eventually(async () => E.isRight(await db.feed.head()()));

  it('does not know the outcome of an append whose acknowledgement is lost; the same append again is one write', async () => {
    const stream = freshStream();
    const events = sampleEvents(3);
    proxy.drop('toClient');
    expect(await db.store.append(stream, NO_STREAM, events)()).toEqual(E.left('AppendOutcomeUnknown'));
    await proxy.heal();
    await answersAgain();
    expect((await answerOf(db.store.append(stream, NO_STREAM, events))).revision).toBe(2);
    expect(await revisionsOf(stream)).toEqual([0, 1, 2]);
    expect(troubles).toContain('the event store cannot be reached');
  });

  it('writes nothing twice when an acknowledgement comes late, after the append was repeated', async () => {
    const stream = freshStream();
    const events = sampleEvents(2);
    proxy.blackhole('toClient');
    expect(await db.store.append(stream, NO_STREAM, events)()).toEqual(E.left('AppendOutcomeUnknown'));
    await proxy.heal();
    await answersAgain();
    expect(E.isRight(await db.store.append(stream, NO_STREAM, events)())).toBe(true);
    expect(await revisionsOf(stream)).toEqual([0, 1]);
  });

  it('answers within its timeout while the server is gone, and goes on when it is back', async () => {
    const stream = freshStream();
    await proxy.refuse();
    for (let tries = 0; tries < 3; tries++) {
      const before = performance.now();
      const answer = await db.store.append(stream, NO_STREAM, sampleEvents(1))();
      expect(performance.now() - before).toBeLessThan(TIMEOUT_MS * 4);
      expect([E.left('EventStoreUnavailable'), E.left('AppendOutcomeUnknown')]).toContainEqual(answer);
    }
    expect(await db.store.readStream(stream, 0, 1)()).toEqual(E.left('EventStoreUnavailable'));
    expect(await db.store.lastRevision(stream)()).toEqual(E.left('EventStoreUnavailable'));
    expect(await db.health()).toBe('down');
    await proxy.heal();
    await eventually(async () => (await db.health()) === 'ok');
    expect(await revisionsOf(stream)).toEqual([]);
  });

  it('is not held up for good by a connection that swallows everything: the next client answers', async () => {
    const stream = freshStream();
    proxy.blackhole();
    const answers = await Promise.all(
      sampleEvents(5).map((event, n) => db.store.append(`${stream}-${n}`, NO_STREAM, [event])()),
    );
    expect(answers).toEqual(Array.from({ length: 5 }, () => E.left('AppendOutcomeUnknown')));
    proxy.reset();
    await proxy.heal();
    await answersAgain();
    expect((await answerOf(db.store.append(stream, NO_STREAM, sampleEvents(1)))).revision).toBe(0);
    const outage = ['the event store cannot be reached', expect.stringMatching(/^the event store answers again/)];
    expect(troubles).toEqual(outage);
  });

  it('looks up what came in lately without asking the server', async () => {
    const stream = freshStream();
    const recorder = recordFeed(db.feed, await answerOf(db.feed.head()), { streamPrefixes: [stream] });
    await answerOf(db.store.append(stream, NO_STREAM, sampleEvents(2)));
    await eventually(() => expect(recorder.batches.at(-1)?.caughtUp).toBe(true));
    await answerOf(db.store.append(stream, 1, sampleEvents(3)));
    await eventually(() => expect(recorder.events).toHaveLength(5));
    proxy.blackhole();
    const [last] = recorder.events.slice(-1);
    expect(await answerOf(db.feed.at([last?.position ?? NaN]))).toEqual([last]);
    await proxy.heal();
    await recorder.stop();
  });

  it('loses and repeats no event of a subscription though its connection is cut again and again', async () => {
    const stream = freshStream();
    const recorder = recordFeed(db.feed, await answerOf(db.feed.head()), { streamPrefixes: [stream], batchSize: 7 });
    const writer = openEventStoreDb({ connectionString: server.url });
    for (let revision = -1; revision < 99; revision += 10) {
      await answerOf(writer.store.append(stream, revision, sampleEvents(10)));
      proxy.reset();
    }
    await eventually(() => expect(recorder.events).toHaveLength(100));
    await recorder.stop();
    expect(recorder.events.map(({ revision }) => revision)).toEqual(Array.from({ length: 100 }, (_, n) => n));
    await writer.close();
  });

  it.each([
    ['and nobody appends here', async () => undefined],
    [
      'and an append here finds out first',
      async () => void (await db.store.append(freshStream(), NO_STREAM, sampleEvents(1))()),
    ],
  ])('resumes a quiet subscription whose connection went silent without a word, %s', async (_, meanwhile) => {
    // The client itself warns of so impatient a sign of life; it is ten seconds else.
    const warned = jest.spyOn(console, 'warn').mockImplementation(() => undefined);
    await db.close();
    const patience = '&keepAliveInterval=300&keepAliveTimeout=300';
    const options = { timeoutMs: TIMEOUT_MS, backOff: { firstMs: 5, maxMs: 50 } };
    db = openEventStoreDb({
      connectionString: `esdb://127.0.0.1:${proxy.port}?tls=false${patience}`,
      ...options,
      onNews: ({ what }) => troubles.push(what),
    });
    const writer = openEventStoreDb({ connectionString: server.url });
    const stream = freshStream();
    const recorder = recordFeed(db.feed, await answerOf(db.feed.head()), { streamPrefixes: [stream] });
    await answerOf(writer.store.append(stream, NO_STREAM, sampleEvents(1)));
    await eventually(() => expect(recorder.events).toHaveLength(1));
    proxy.silence();
    await answerOf(writer.store.append(stream, 0, sampleEvents(2)));
    await meanwhile();
    await eventually(() => expect(recorder.events).toHaveLength(3));
    expect(troubles).toContain('the event store cannot be reached');
    await recorder.stop();
    await writer.close();
    warned.mockRestore();
  });

  it('is told once when the server goes away and once when it is there again, with one client, whatever is asked meanwhile', async () => {
    const recorders = Array.from({ length: 8 }, () => recordFeed(db.feed, BEGINNING, { streamPrefixes: ['none-'] }));
    const asking = async (): Promise<void> => {
      for (let asked = 0; asked < 20; asked++) {
        await db.feed.head()();
        await db.store.readStream(freshStream(), 0, 1)();
      }
    };
    await proxy.refuse();
    await Promise.all([asking(), asking(), asking()]);
    await proxy.heal();
    await answersAgain();
    await Promise.all(recorders.map(({ stop }) => stop()));
    const outage = ['the event store cannot be reached', expect.stringMatching(/^the event store answers again/)];
    const told = () => troubles.filter((trouble) => trouble.startsWith('the event store'));
    // An answer to a question asked before the last failure does not end the outage: the next one does.
    await eventually(async () => {
      await answersAgain();
      expect(told()).toEqual(outage);
    });
  });

  it('goes on by itself with a server that was killed and is there again: appends and subscription, without a gap', async () => {
    const stream = freshStream();
    const recorder = recordFeed(db.feed, await answerOf(db.feed.head()), { streamPrefixes: [stream] });
    const before = sampleEvents(5);
    await answerOf(db.store.append(stream, NO_STREAM, before));
    await eventually(() => expect(recorder.events).toHaveLength(5));
    await server.kill();
    expect(E.isLeft(await db.store.append(stream, 4, sampleEvents(1))())).toBe(true);
    await server.restart();
    const after = sampleEvents(5);
    await eventually(async () => E.isRight(await db.store.append(stream, 4, after)()));
    await eventually(() => expect(recorder.events).toHaveLength(10));
    await recorder.stop();
    expect(recorder.events.map(({ id }) => id)).toEqual([...before, ...after].map(({ id }) => id));
  });

  it('waits for a frozen server, and what that one wrote in the end is there once', async () => {
    const stream = freshStream();
    const recorder = recordFeed(db.feed, await answerOf(db.feed.head()), { streamPrefixes: [stream] });
    await answerOf(db.store.append(stream, NO_STREAM, sampleEvents(1)));
    await eventually(() => expect(recorder.events).toHaveLength(1));
    server.freeze();
    expect(await db.store.append(stream, 0, sampleEvents(1))()).toEqual(E.left('AppendOutcomeUnknown'));
    server.thaw();
    await answersAgain();
    const revision = await answerOf(db.store.lastRevision(stream));
    await answerOf(db.store.append(stream, revision, sampleEvents(1)));
    await eventually(() => expect(recorder.events).toHaveLength(revision + 2));
    await recorder.stop();
  });

  it('subscribes again when the server ends the subscription in good order', async () => {
    const directory = await openedDirectory(newDir());
    const embedded = openEventStore(directory.root);
    const endings: Array<() => void> = [];
    const polite = await startStandIn({ ...embedded, version, onSubscription: (end) => endings.push(end) });
    const adapter = openEventStoreDb({
      connectionString: polite.connectionString,
      backOff: { firstMs: 5, maxMs: 50 },
      onNews: ({ error }) => troubles.push(String(error)),
    });
    const stream = freshStream();
    const recorder = recordFeed(adapter.feed, BEGINNING, { streamPrefixes: [stream] });
    for (let round = 1; round <= 3; round++) {
      await answerOf(adapter.store.append(stream, round - 2, sampleEvents(1)));
      await eventually(() => expect(recorder.events).toHaveLength(round));
      endings.at(-1)?.();
      await eventually(() => endings.length === round + 1);
    }
    expect(troubles).toContain('Error: the server ended the subscription');
    expect(recorder.events.map(({ revision }) => revision)).toEqual([0, 1, 2]);
    await recorder.stop();
    await adapter.close();
    await polite.stop();
    await embedded.close();
    await directory.close();
  });
});
