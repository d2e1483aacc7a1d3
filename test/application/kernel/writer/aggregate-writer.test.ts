import { either as E, taskEither as TE } from 'fp-ts';
import { keepSnapshots } from '../../../../src/application/kernel/writer/keep-snapshots.js';
import {
  aggregateWriter,
  type AggregateWriterPorts,
} from '../../../../src/application/kernel/writer/aggregate-writer.js';
import { asReplayOf } from '../../../../src/application/kernel/writer/dead-letter-message.js';
import { type EventStore, NO_STREAM } from '../../../../src/application/ports/event-store.js';
import { type Message, type MessageLog } from '../../../../src/application/ports/message-log.js';
import { rightOf } from '../../../support/answer-of.js';
import { InMemoryMessageLog } from '../../../support/in-memory/message-log.js';
import { recordingLog, wallClock } from '../../../support/in-memory/quiet.js';
import { nothingParked } from '../../../support/running.js';
import { worldEventStore, type WorldEventStore } from '../../../support/world/event-store.js';
import { inMemorySnapshots } from '../../../support/world/snapshots.js';
import { handfuls, jarDecider, jarWriting } from './jar.js';

describe('the single writer of the aggregates of a topic', () => {
  let eventStore: WorldEventStore;
  let log: InMemoryMessageLog;
  let appends: string[];
  let append: EventStore['append'];
  let logger: ReturnType<typeof recordingLog>;

  beforeEach(() => {
    eventStore = worldEventStore();
    log = new InMemoryMessageLog();
    appends = [];
    logger = recordingLog();
    append = eventStore.append;
  });

  const writer = (
    room = 10,
    writing = jarWriting(room),
    parkedStreams: AggregateWriterPorts['parkedStreams'] = nothingParked,
  ) => {
    const snapshots = inMemorySnapshots();
    const ports: AggregateWriterPorts = {
      eventStore: {
        ...eventStore,
        append: (streamId, expected, events) => {
          if (events.length > 0) appends.push(`${streamId} +${events.length}`);
          return append(streamId, expected, events);
        },
      },
      snapshots,
      logger,
      log,
      clock: wallClock,
      snapshotKeeper: keepSnapshots({ snapshots, logger }),
      parkedStreams,
    };
    return aggregateWriter(ports)(writing);
  };
  const held = (key = 'a') => eventStore.all.filter(({ streamId }) => streamId === `jar-${key}`).length;
  const refused = () =>
    eventStore.all.flatMap(({ event }) =>
      'requestId' in event && 'code' in event ? [`${event.requestId}: ${event.code}`] : [],
    );

  it('costs one append for a batch of a key, and one more for what is rejected', async () => {
    await writer()(handfuls([4, 4, 4, 2]));
    expect(appends).toStrictEqual(['stockRejections-a +1', 'jar-a +10']);
    expect(refused()).toStrictEqual(['r2: FULL']);
  });

  it('answers a request that changed nothing only when the events of the same batch can be seen', async () => {
    const asked = handfuls([4, 0, 20, 4]);
    await writer()(asked);
    expect(appends).toStrictEqual(['stockRejections-a +1', 'jar-a +8', 'stockRejections-a +1']);
    expect(refused()).toStrictEqual(['r2: FULL', 'r1: ALREADY_DONE']);
    await writer()(asked);
    expect([held(), refused()]).toStrictEqual([8, ['r2: FULL', 'r1: ALREADY_DONE']]);
  });

  it('carries out nothing twice when a batch comes again, to the same writer or another', async () => {
    const first = writer();
    await first(handfuls([1, 20, 2]));
    await first(handfuls([1, 20, 2]));
    await writer()(handfuls([1, 20, 2, 3]));
    expect([held(), refused()]).toStrictEqual([6, ['r1: FULL']]);
  });

  it('completes what a crash left half written, whichever append was the last', async () => {
    for (const survives of [0, 1]) {
      eventStore = worldEventStore();
      let written = 0;
      append = (...asked) => (written++ < survives ? eventStore.append(...asked) : TE.left('EventStoreUnavailable'));
      await expect(writer()(handfuls([4, 20, 4]))).rejects.toThrow('EventStoreUnavailable');
      append = eventStore.append;
      await writer()(handfuls([4, 20]));
      await writer()(handfuls([4, 20, 4, 2]));
      expect([survives, held(), refused()]).toStrictEqual([survives, 10, ['r1: FULL']]);
    }
  });

  it('keeps the events of a message in one append, however many there are in the batch', async () => {
    await writer(5_000)(handfuls([600, 600, 300, 200]));
    expect(appends).toStrictEqual(['jar-a +600', 'jar-a +900', 'jar-a +200']);
  });

  it('yields to another writer: what that one decided is skipped, the rest decided on what it left', async () => {
    const old = writer();
    await old(handfuls([1]));
    await writer()(handfuls([2, 3], { offset: 1 }));
    await old(handfuls([2, 3, 9, 4], { offset: 1 }));
    expect([held(), refused()]).toStrictEqual([10, ['r3: FULL']]);
  });

  it('decides the messages of a topic that was made anew, though their offsets were seen before', async () => {
    await writer()(handfuls([1, 2, 3]));
    await writer()(handfuls([1], { loggedAt: Date.now() + 3_600_000 }));
    expect(held()).toBe(7);
  });

  it('sets aside what it cannot read or decide, with an answer, and goes on with the neighbours', async () => {
    await writer()(handfuls([1, '{', 13, 2]));
    await writer()(handfuls([1, '{', 13, 2]));
    expect([held(), refused()]).toStrictEqual([3, ['r1: UNPROCESSABLE', 'r2: UNPROCESSABLE']]);
    const letters = await log.read({ topic: 'jars-dlq', partition: 0, offset: 0 }, 10)();
    expect(E.isRight(letters) && letters.right.length).toBe(2);
  });

  it('sets aside, in a message that a topic takes, what is too large to be one of ours, and goes on with the neighbours', async () => {
    const bytesOf = ({ key, value, headers }: Message) => Buffer.byteLength(key + value + JSON.stringify(headers));
    const small = new InMemoryMessageLog();
    const publish: MessageLog['publish'] = (topic, message) =>
      bytesOf(message) > 1_000_000 ? TE.left('PublishFailed') : small.publish(topic, message);
    Object.assign(log, { publish });
    const { readStream } = eventStore;
    const readShort: EventStore['readStream'] = (streamId, from, limit) =>
      streamId.length > 1_000 ? TE.left('EventStoreUnavailable') : readStream(streamId, from, limit);
    Object.assign(eventStore, { readStream: readShort });
    append = (streamId, expected, events) =>
      JSON.stringify(events).length > 800_000
        ? () => Promise.reject(new RangeError('too large'))
        : eventStore.append(streamId, expected, events);
    const { messages, ...of } = handfuls([1, '\0'.repeat(190_000), 2, '"'.repeat(900_000), 3, 4]);
    const [first, binary, longKey, large, longHeader, last] = messages;
    if (!first || !binary || !longKey || !large || !longHeader || !last) throw new Error('six messages');
    const batch = {
      ...of,
      messages: [
        first,
        binary,
        { ...longKey, key: 'k'.repeat(600_000) },
        large,
        { ...longHeader, headers: { ...longHeader.headers, 'correlation-id': 'c'.repeat(900_000) } },
        last,
      ],
    };
    await writer()(batch);
    expect([held(), refused()]).toStrictEqual([5, ['r1: UNPROCESSABLE']]);
    const letters = rightOf(await small.read({ topic: 'jars-dlq', partition: 0, offset: 0 }, 10)());
    const shown = letters.map(({ value, headers }) => {
      const { origin, originalEvent } = JSON.parse(value);
      return [origin.offset, originalEvent, headers['original-left-out'], headers['correlation-id']];
    });
    expect(shown).toStrictEqual([
      [1, '', 'true', 'c'],
      [2, longKey.value, undefined, 'c'],
      [3, '', 'true', 'c'],
      [4, longHeader.value, undefined, undefined],
    ]);
  });

  it('decides a replay anew: what could not be processed is withdrawn, once, and replaced by what it leads to now', async () => {
    const replay = (marbles: number, offset: number) => {
      const again = handfuls([marbles], { offset });
      return {
        ...again,
        messages: again.messages.map((message) => ({
          ...message,
          ...asReplayOf('letter-1', { ...message, headers: { ...message.headers, 'request-id': 'r0' } }),
        })),
      };
    };
    const answersNow = () =>
      eventStore.all.flatMap(({ streamId, event }) => (streamId.startsWith('stockRejections-') ? [event.type] : []));
    await writer()(handfuls([13]));
    await writer()(replay(13, 1));
    expect([held(), answersNow()]).toStrictEqual([0, ['RequestRejected']]);
    await writer()(replay(3, 2));
    await writer()(replay(3, 2));
    expect([held(), answersNow()]).toStrictEqual([3, ['RequestRejected', 'RequestRejectionWithdrawn']]);
  });

  it('does not remember that there is nothing: once another has created it, it rejects no longer', async () => {
    const decider = jarDecider(10);
    const onlyWhereThereIsOne: typeof decider = {
      ...decider,
      decide: (put, jar) => (jar.held === 0 ? E.left('FULL') : decider.decide(put, jar)),
    };
    const remembering = writer(10, jarWriting(10, onlyWhereThereIsOne));
    await remembering(handfuls([1]));
    const created = { id: 'made', event: { type: 'MarblePut', nth: 1 }, metadata: { correlationId: 'c' } };
    await eventStore.append('jar-a', NO_STREAM, [created])();
    await remembering(handfuls([2], { offset: 1 }));
    expect([held(), refused()]).toStrictEqual([3, ['r0: FULL']]);
  });

  it('waits, and commits nothing, while the store is away', async () => {
    append = () => TE.left('EventStoreUnavailable');
    const patient = writer();
    const { messages, ...of } = handfuls([1, 2, 0]);
    const batch = {
      ...of,
      messages: messages.map((one) => (one.offset < 2 ? one : { ...one, key: 'k'.repeat(1_000) })),
    };
    const setAside = async () => rightOf(await log.read({ topic: 'jars-dlq', partition: 0, offset: 0 }, 10)()).length;
    await expect(patient(batch)).rejects.toThrow('cannot be decided now');
    expect(await setAside()).toBe(0);
    append = eventStore.append;
    await patient(batch);
    expect([held(), await setAside()]).toStrictEqual([3, 1]);
  });

  it('tells an operator where a stream that cannot be read cannot be parked either, and waits', async () => {
    const unreadable = { id: 'lost', event: { type: 'MarbleLost' }, metadata: { correlationId: 'c' } };
    await eventStore.append('jar-a', NO_STREAM, [unreadable])();
    const full = { open: () => Promise.reject(new Error('More than 100 streams cannot be read')) };
    const waiting = writer(10, jarWriting(10), full);
    await expect(waiting(handfuls([1]))).rejects.toThrow('EventStoreUnavailable');
    expect(logger.lines).toContain('error A stream could not be parked');
    // As often as it is tried: nothing is set aside that comes again.
    expect(await log.read({ topic: 'jars-dlq', partition: 0, offset: 0 }, 10)()).toStrictEqual(E.right([]));
  });

  it('lets keys go their own ways', async () => {
    append = (streamId, ...asked) =>
      streamId === 'jar-b' ? TE.left('EventStoreUnavailable') : eventStore.append(streamId, ...asked);
    const a = handfuls([1]);
    const b = handfuls([1], { key: 'b', offset: 1 });
    await expect(writer()({ ...a, messages: [...a.messages, ...b.messages] })).rejects.toThrow();
    expect([held('a'), held('b')]).toStrictEqual([1, 0]);
  });
});
