import { taskEither as TE } from 'fp-ts';
import { COUPON_ISSUE_DLQ, COUPON_ISSUE_REQUESTS } from '../../../../src/application/kernel/messaging/topics.js';
import { projectionOf } from '../../../../src/application/kernel/projection/projection.js';
import { startProjections } from '../../../../src/application/kernel/projection/start-projections.js';
import { deadLetterOf } from '../../../../src/application/kernel/writer/dead-letter-message.js';
import { deadLetterStream } from '../../../../src/application/operating/dead-letters/dead-letter-events.js';
import { deadLettersView } from '../../../../src/application/operating/dead-letters/dead-letters-view.js';
import {
  listDeadLetters,
  showDeadLetter,
} from '../../../../src/application/operating/dead-letters/find-dead-letters.js';
import { monitorDeadLetters } from '../../../../src/application/operating/dead-letters/monitor-dead-letters.js';
import { discardDeadLetter } from '../../../../src/application/operating/dead-letters/operate-dead-letter.js';
import { replayDeadLetter } from '../../../../src/application/operating/dead-letters/replay-dead-letter.js';
import { replayDeadLetters } from '../../../../src/application/operating/dead-letters/replay-dead-letters.js';
import { type EventStore } from '../../../../src/application/ports/event-store.js';
import { type Message, type MessageLog } from '../../../../src/application/ports/message-log.js';
import { type Alert } from '../../../../src/application/ports/alerts.js';
import { type Clock } from '../../../../src/application/ports/clock.js';
import { rightOf } from '../../../support/answer-of.js';
import { eventually } from '../../../support/eventually.js';
import { InMemoryEventStore } from '../../../support/in-memory/event-store.js';
import { inMemoryLeases } from '../../../support/in-memory/leases.js';
import { InMemoryMessageLog } from '../../../support/in-memory/message-log.js';
import { noSnapshots } from '../../../support/in-memory/no-snapshots.js';
import { recordingLog, recordingMetrics, wallClock } from '../../../support/in-memory/quiet.js';
import { InMemoryReadModels } from '../../../support/in-memory/read-models.js';

const by = { actor: 'olga', reason: 'the parser was mended', correlationId: 'op-1' };
const poison = (offset: number) => ({
  topic: COUPON_ISSUE_REQUESTS,
  partition: 0,
  offset,
  key: 'c1',
  value: `{"broken": ${offset}`,
  headers: { 'request-id': `r${offset}`, 'correlation-id': 'http-1' },
  loggedAt: 0,
});
const failure = { error: new SyntaxError('Unexpected end'), attempts: 4, firstAttemptAt: 1_000, lastAttemptAt: 7_000 };

/** A clock on which time passes only by waiting, and then at once. */
const waitedClock = (): Clock => {
  let elapsed = 0;
  return {
    ...wallClock,
    elapsed: () => elapsed,
    wakeIn: (ms, wake) => {
      elapsed += ms;
      const timer = setImmediate(wake);
      return () => clearImmediate(timer);
    },
  };
};

const desk = async () => {
  const events = new InMemoryEventStore();
  const messageLog = new InMemoryMessageLog();
  const readModels = new InMemoryReadModels();
  const raised: Alert[] = [];
  let ids = 0;
  const logger = recordingLog();
  const ports = {
    eventStore: events,
    feed: events,
    snapshots: noSnapshots,
    logger,
    log: logger,
    messageLog,
    readModels,
    clock: wallClock,
    metrics: recordingMetrics(),
    leases: inMemoryLeases(),
    ids: { next: () => `id-${ids++}` },
    decidedWithinMs: 0,
    alerts: { raise: (alert: Alert) => TE.fromIO(() => void raised.push(alert)) },
  };
  const projections = startProjections(ports)([projectionOf(deadLettersView)]);
  await projections.ready;
  const monitor = rightOf(await messageLog.subscribe(monitorDeadLetters(ports)(COUPON_ISSUE_REQUESTS))());
  const list = async (status?: 'OPEN' | 'REPLAYED' | 'DISCARDED') =>
    rightOf(await listDeadLetters(ports)({ limit: 500, ...(status === undefined ? {} : { status }) })()).items;
  return {
    ...ports,
    ports,
    raised,
    list,
    fail: async (offset: number) =>
      rightOf(await messageLog.publish(COUPON_ISSUE_DLQ, deadLetterOf(poison(offset), failure))()),
    first: () =>
      eventually(async () => {
        const [letter] = await list();
        if (letter === undefined) throw new Error('None yet');
        return letter;
      }),
    close: async () => {
      await monitor.stop();
      await projections.stop();
    },
  };
};

describe('A message that was set aside', () => {
  it('is recorded with where it came from and how it failed, and somebody is told', async () => {
    const { raised, fail, first, close } = await desk();
    await fail(7);
    expect(await first()).toMatchObject({
      status: 'OPEN',
      origin: { topic: COUPON_ISSUE_REQUESTS, partition: 0, offset: 7 },
      originalEvent: '{"broken": 7',
      failureReason: 'Unexpected end',
      attempts: 4,
      retryCount: 3,
      firstAttemptAt: 1_000,
      lastAttemptAt: 7_000,
      replayable: true,
    });
    await eventually(() => expect(raised).toHaveLength(1));
    expect(raised[0]).toMatchObject({ key: COUPON_ISSUE_DLQ, title: '1 dead letter on coupon-issue-dlq' });
    await close();
  });

  it('is one dead letter however often it was set aside', async () => {
    const { raised, fail, list, close } = await desk();
    await fail(7);
    await eventually(async () => expect(await list()).toHaveLength(1));
    await fail(7);
    await fail(8);
    await eventually(async () => expect(await list()).toHaveLength(2));
    await eventually(() => expect(raised).toHaveLength(2));
    await close();
  });

  it('is recorded even when it makes no sense at all, and then cannot be replayed', async () => {
    const { ports, messageLog, first, close } = await desk();
    rightOf(await messageLog.publish(COUPON_ISSUE_DLQ, { key: 'x', value: 'not a dead letter', headers: {} })());
    const letter = await first();
    expect(letter).toMatchObject({ originalEvent: 'not a dead letter', replayable: false });
    expect(await replayDeadLetter(ports)(letter.deadLetterId, by)()).toMatchObject({
      left: { code: 'NOT_REPLAYABLE' },
    });
    await close();
  });

  it('cannot be replayed to a topic whose dead letters stand elsewhere', async () => {
    const { messageLog, first, close } = await desk();
    const ofOthers = deadLetterOf({ ...poison(3), topic: 'payroll' }, failure);
    rightOf(await messageLog.publish(COUPON_ISSUE_DLQ, ofOthers)());
    expect(await first()).toMatchObject({ origin: { topic: COUPON_ISSUE_DLQ }, replayable: false });
    await close();
  });

  it('is recorded however large it is, as far as an event can hold it, and those behind it are too', async () => {
    const { eventStore, messageLog, fail, list, close } = await desk();
    const { append } = eventStore;
    const appendSmall: EventStore['append'] = (streamId, expected, events) =>
      JSON.stringify(events).length > 800_000
        ? () => Promise.reject(new RangeError('too large'))
        : append(streamId, expected, events);
    Object.assign(eventStore, { append: appendSmall });
    const foreign: ReadonlyArray<Message> = [
      { key: 'k'.repeat(900_000), value: 'x', headers: {} },
      { key: 'x', value: '\0'.repeat(190_000), headers: {} },
      { key: 'x', value: 'x', headers: { 'correlation-id': 'c'.repeat(900_000) } },
      {
        key: 'x',
        value: JSON.stringify({ ...JSON.parse(deadLetterOf(poison(3), failure).value), key: 'k'.repeat(900_000) }),
        headers: {},
      },
    ];
    for (const message of foreign) rightOf(await messageLog.publish(COUPON_ISSUE_DLQ, message)());
    const large = deadLetterOf({ ...poison(4), value: '"'.repeat(300_000) }, failure);
    rightOf(await messageLog.publish(COUPON_ISSUE_DLQ, large)());
    await fail(7);
    await eventually(async () => expect(await list()).toHaveLength(6));
    const recorded = (await list()).find(({ origin }) => origin.offset === 4);
    expect(recorded).toMatchObject({ originalEvent: null, replayable: true });
    await close();
  });

  it('waits on its topic while it cannot be recorded', async () => {
    const { eventStore, fail, list, first, close } = await desk();
    eventStore.unavailable = true;
    await fail(7);
    expect(await list()).toEqual([]);
    eventStore.unavailable = false;
    expect(await first()).toMatchObject({ status: 'OPEN' });
    await close();
  });
});

describe('Replaying a dead letter', () => {
  it('publishes what was there, where it was, and keeps who did it and why', async () => {
    const { ports, messageLog, fail, first, close } = await desk();
    await fail(7);
    const { deadLetterId } = await first();
    rightOf(await replayDeadLetter(ports)(deadLetterId, by)());
    expect(messageLog.messages(COUPON_ISSUE_REQUESTS)).toMatchObject([
      { key: 'c1', value: '{"broken": 7', headers: poison(7).headers },
    ]);
    expect(rightOf(await showDeadLetter(ports)(deadLetterId)())).toMatchObject({
      status: 'REPLAYED',
      history: [{ action: 'REPLAYED', actor: 'olga', reason: 'the parser was mended' }],
    });
    await close();
  });

  it('only shows what it would do when asked for a dry run', async () => {
    const { ports, messageLog, fail, first, list, close } = await desk();
    await fail(7);
    const { deadLetterId } = await first();
    expect(rightOf(await replayDeadLetter(ports)(deadLetterId, { ...by, dryRun: true })())).toMatchObject({
      published: false,
      topic: COUPON_ISSUE_REQUESTS,
      message: { value: '{"broken": 7' },
    });
    expect(messageLog.messages(COUPON_ISSUE_REQUESTS)).toEqual([]);
    expect(await list('OPEN')).toHaveLength(1);
    await close();
  });

  it('leaves it open when it is not known to be published', async () => {
    const { ports, messageLog, fail, first, list, close } = await desk();
    await fail(7);
    const { deadLetterId } = await first();
    messageLog.failNextPublish = 'PublishOutcomeUnknown';
    expect(await replayDeadLetter(ports)(deadLetterId, by)()).toMatchObject({ left: { code: 'OUTCOME_UNKNOWN' } });
    expect(await list('OPEN')).toHaveLength(1);
    await close();
  });

  it('fetches one that was too large to keep from where it came', async () => {
    const { ports, messageLog, first, close } = await desk();
    const large = { ...poison(0), value: 'x'.repeat(300_000) };
    rightOf(await messageLog.publish(COUPON_ISSUE_REQUESTS, large)());
    rightOf(await messageLog.publish(COUPON_ISSUE_DLQ, deadLetterOf(large, failure))());
    const { deadLetterId, originalEvent } = await first();
    expect(originalEvent).toBeNull();
    rightOf(await replayDeadLetter(ports)(deadLetterId, by)());
    expect(messageLog.messages(COUPON_ISSUE_REQUESTS).map(({ value }) => value)).toEqual([large.value, large.value]);
    await close();
  });

  it('of a whole topic takes the oldest first, no more than asked for, at the rate asked for', async () => {
    const { ports, messageLog, fail, list, close } = await desk();
    for (let offset = 0; offset < 12; offset++) {
      await fail(offset);
      await eventually(async () => expect(await list('OPEN')).toHaveLength(offset + 1));
    }
    const topic = COUPON_ISSUE_REQUESTS;
    const preview = rightOf(await replayDeadLetters(ports)({ ...by, topic, dryRun: true })());
    expect(preview).toMatchObject({ found: 12, replayed: 0, dryRun: true });
    expect(messageLog.messages(topic)).toEqual([]);
    const started = Date.now();
    const progress: number[] = [];
    const onProgress = (done: number): void => void progress.push(done);
    const report = rightOf(await replayDeadLetters(ports)({ ...by, topic, rate: 50, limit: 5, onProgress })());
    expect(report).toMatchObject({ found: 5, replayed: 5, failed: [], stopped: false });
    expect(Date.now() - started).toBeGreaterThanOrEqual(80);
    expect(progress).toEqual([1, 2, 3, 4, 5]);
    expect(messageLog.messages(topic).map(({ value }) => value)).toEqual(
      [0, 1, 2, 3, 4].map((offset) => poison(offset).value),
    );
    expect(await list('OPEN')).toHaveLength(7);
    await close();
  });

  it('of a whole topic passes over one that a newer version wrote of', async () => {
    const { ports, eventStore, fail, first, list, close } = await desk();
    await fail(1);
    const { deadLetterId } = await first();
    await fail(2);
    await eventually(async () => expect(await list('OPEN')).toHaveLength(2));
    const newer = { id: 'newer', event: { type: 'DeadLetterExamined' }, metadata: { correlationId: 'test' } };
    rightOf(await eventStore.append(deadLetterStream(deadLetterId), 0, [newer])());
    const report = rightOf(await replayDeadLetters(ports)({ ...by, topic: COUPON_ISSUE_REQUESTS, rate: 1_000 })());
    expect(report).toMatchObject({
      replayed: 1,
      stopped: false,
      failed: [{ id: deadLetterId, code: 'NOT_REPLAYABLE' }],
    });
    await close();
  });

  it('of a whole topic stops when the log is away', async () => {
    const { ports, messageLog, fail, list, close } = await desk();
    await fail(1);
    await fail(2);
    await eventually(async () => expect(await list('OPEN')).toHaveLength(2));
    messageLog.failNextPublish = 'PublishFailed';
    const report = rightOf(await replayDeadLetters(ports)({ ...by, topic: COUPON_ISSUE_REQUESTS, rate: 1_000 })());
    expect(report).toMatchObject({ found: 2, replayed: 0, stopped: true, failed: [{ code: 'UNAVAILABLE' }] });
    await close();
  });
});

describe('Replaying five dead letters of a topic without a worker', () => {
  const fiveLetters = async () => {
    const opened = await desk();
    for (let offset = 0; offset < 5; offset++) await opened.fail(offset);
    await eventually(async () => expect(await opened.list('OPEN')).toHaveLength(5));
    return opened;
  };
  const all = { ...by, topic: COUPON_ISSUE_REQUESTS };
  const decidedWithinMs = 10_000;

  it('waits as long as for one, and says that none was decided', async () => {
    const { ports, close } = await fiveLetters();
    const clock = waitedClock();
    const report = rightOf(await replayDeadLetters({ ...ports, clock, decidedWithinMs })(all)());
    expect(report).toMatchObject({ replayed: 5, undecided: report.ids });
    expect(clock.elapsed()).toBeGreaterThanOrEqual(10_000);
    expect(clock.elapsed()).toBeLessThan(11_000);
    await close();
  });

  it('waits no longer once the operator gives up', async () => {
    const { ports, messageLog, close } = await fiveLetters();
    const clock = waitedClock();
    const operator = new AbortController();
    let givenUpAt: number | undefined;
    const lag: MessageLog['lag'] = (topic, group) => {
      givenUpAt ??= clock.elapsed();
      operator.abort();
      return messageLog.lag(topic, group);
    };
    const log = { publish: messageLog.publish, read: messageLog.read, lag };
    const replay = replayDeadLetters({ ...ports, messageLog: log, clock, decidedWithinMs });
    const report = rightOf(await replay({ ...all, signal: operator.signal })());
    expect(report).toMatchObject({ replayed: 5, undecided: report.ids });
    expect(clock.elapsed()).toBe(givenUpAt);
    await close();
  });
});

describe('Discarding a dead letter', () => {
  it('keeps the reason, and it is never replayed again', async () => {
    const { ports, fail, first, list, close } = await desk();
    await fail(7);
    const { deadLetterId } = await first();
    rightOf(await discardDeadLetter(ports)(deadLetterId, { ...by, reason: 'a test message' })());
    expect(await list('DISCARDED')).toMatchObject([{ history: [{ action: 'DISCARDED', reason: 'a test message' }] }]);
    expect(await replayDeadLetter(ports)(deadLetterId, by)()).toMatchObject({ left: { code: 'ALREADY_DISCARDED' } });
    expect(await discardDeadLetter(ports)('nobody', by)()).toMatchObject({ left: { code: 'DEAD_LETTER_NOT_FOUND' } });
    await close();
  });
});
