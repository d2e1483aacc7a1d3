import { either as E } from 'fp-ts';
import { openEventStoreDb } from '../../../src/adapters/eventstoredb/open-event-store-db.js';
import { NO_STREAM } from '../../../src/application/ports/event-store.js';
import { answerOf } from '../../support/answer-of.js';
import { freshStream, sampleEvents } from '../../support/event-samples.js';
import { eventually } from '../../support/eventually.js';
import { type Behaviour } from '../../support/eventstoredb-stand-in/behaviour.js';
import { openStandIn } from '../../support/eventstoredb-stand-in/open-stand-in.js';
import { tempDirs } from '../../support/temp-dir.js';

const newDir = tempDirs();

/** A server that holds the appends to some streams, and can end its half of a stream of appends. */
const setting = async (timeoutMs?: number, behaviour: Behaviour = {}) => {
  const opened: Array<() => void> = [];
  const held = new Map<string, Promise<void>>();
  const begun: string[] = [];
  const server = await openStandIn(newDir(), 0, {
    ...behaviour,
    onAppends: (end) => opened.push(end),
    beforeAppend: async (stream) => {
      begun.push(stream);
      await held.get(stream);
    },
  });
  const { store, close } = openEventStoreDb({
    connectionString: server.connectionString,
    ...(timeoutMs !== undefined && { timeoutMs }),
  });
  const hold = (stream: string): (() => void) => {
    let release: () => void = () => undefined;
    held.set(stream, new Promise((resolve) => (release = resolve)));
    return release;
  };
  const hasBegun = (stream: string) => eventually(() => expect(begun).toContain(stream));
  const end = async (): Promise<void> => {
    await close();
    await server.stop();
  };
  return { store, opened, hold, hasBegun, server, end };
};

describe('The appends of one client', () => {
  it('go out beside one another, on a few streams of messages', async () => {
    const { store, opened, end } = await setting();
    const streams = Array.from({ length: 300 }, () => freshStream());
    const appended = await Promise.all(streams.map((stream) => store.append(stream, NO_STREAM, sampleEvents(2))()));
    expect(appended.filter(E.isLeft)).toEqual([]);
    expect(opened.length).toBeGreaterThan(1);
    expect(opened.length).toBeLessThanOrEqual(32);
    await end();
  });

  it('go out beside one another also when they come one by one within a turn of the event loop', async () => {
    const { store, opened, end } = await setting();
    await answerOf(store.append(freshStream(), NO_STREAM, sampleEvents(1)));
    const appending: Array<ReturnType<ReturnType<typeof store.append>>> = [];
    for (let n = 0; n < 50; n++) {
      appending.push(store.append(freshStream(), NO_STREAM, sampleEvents(1))());
      await new Promise<void>((resolve) => process.nextTick(resolve));
    }
    expect((await Promise.all(appending)).filter(E.isLeft)).toEqual([]);
    expect(opened.length).toBeGreaterThan(1);
    await end();
  });

  it('are each answered for itself, also those of one stream of messages', async () => {
    const { store, opened, hold, hasBegun, end } = await setting();
    const [slow, taken] = [freshStream('slow'), freshStream('taken')];
    const release = hold(slow);
    const appending = store.append(slow, NO_STREAM, sampleEvents(2))();
    await hasBegun(slow);
    await answerOf(store.append(taken, NO_STREAM, sampleEvents(1)));
    expect(await store.append(taken, NO_STREAM, sampleEvents(1))()).toEqual(E.left('RevisionConflict'));
    expect((await answerOf(store.append(taken, 0, sampleEvents(3)))).revision).toBe(3);
    release();
    expect(await appending).toMatchObject({ right: { revision: 1 } });
    expect(opened).toHaveLength(1);
    await end();
  });

  it('are of unknown outcome when the server ends its half of the stream; the same one again is one write', async () => {
    const { store, opened, hold, hasBegun, end } = await setting();
    const stream = freshStream();
    const release = hold(stream);
    const events = sampleEvents(2);
    const appending = store.append(stream, NO_STREAM, events)();
    await hasBegun(stream);
    opened[0]?.();
    expect(await appending).toEqual(E.left('AppendOutcomeUnknown'));
    release();
    expect((await answerOf(store.append(stream, NO_STREAM, events))).revision).toBe(1);
    expect((await answerOf(store.readStream(stream, 0, 10))).map(({ revision }) => revision)).toEqual([0, 1]);
    expect(opened).toHaveLength(2);
    await end();
  });

  it('are not disturbed by the answer to one that was given up', async () => {
    const { store, opened, hold, end } = await setting(300);
    const stream = freshStream();
    const release = hold(stream);
    expect(await store.append(stream, NO_STREAM, sampleEvents(1))()).toEqual(E.left('AppendOutcomeUnknown'));
    release();
    await eventually(async () => expect(await answerOf(store.lastRevision(stream))).toBe(0));
    expect((await answerOf(store.append(stream, 0, sampleEvents(1)))).revision).toBe(1);
    expect(opened.length).toBeLessThanOrEqual(2);
    await end();
  });

  it('have nothing to do with those of another client, whose stream breaks', async () => {
    const [one, other] = [await setting(), await setting()];
    const [lost, kept] = [freshStream('lost'), freshStream('kept')];
    const releases = [one.hold(lost), other.hold(kept)];
    const losing = one.store.append(lost, NO_STREAM, sampleEvents(1))();
    const keeping = other.store.append(kept, NO_STREAM, sampleEvents(1))();
    await one.hasBegun(lost);
    await other.hasBegun(kept);
    one.opened[0]?.();
    expect(await losing).toEqual(E.left('AppendOutcomeUnknown'));
    releases.forEach((release) => release());
    expect(await keeping).toMatchObject({ right: { revision: 0 } });
    await one.end();
    await other.end();
  });

  it('say so where the user may not append', async () => {
    const { server, end } = await setting(undefined, { users: { admin: { password: 'right', admin: true } } });
    const stranger = openEventStoreDb({ connectionString: server.connectionString });
    expect(await stranger.store.append(freshStream(), NO_STREAM, sampleEvents(1))()).toEqual(
      E.left('EventStoreUnavailable'),
    );
    await stranger.close();
    await end();
  });
});
