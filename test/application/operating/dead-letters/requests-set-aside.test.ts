import { either as E } from 'fp-ts';
import { couponRequestMessage, couponVoidMessage } from '../../../../src/application/coupon/coupon-request-message.js';
import { couponRejectionsStream, couponStream } from '../../../../src/application/coupon/coupon-aggregate.js';
import { COUPON_ISSUE_DLQ, COUPON_ISSUE_REQUESTS } from '../../../../src/application/kernel/messaging/topics.js';
import { handleParking } from '../../../../src/application/kernel/process/parking/parking-aggregate.js';
import { parkingConsumer, projectionOf } from '../../../../src/application/kernel/projection/projection.js';
import { startProjections } from '../../../../src/application/kernel/projection/start-projections.js';
import { setAsideMessages } from '../../../../src/application/kernel/writer/dead-letter-message.js';
import { writerConsumer } from '../../../../src/application/kernel/writer/park-key.js';
import { deadLetterStream } from '../../../../src/application/operating/dead-letters/dead-letter-events.js';
import { deadLettersView } from '../../../../src/application/operating/dead-letters/dead-letters-view.js';
import { monitorDeadLetters } from '../../../../src/application/operating/dead-letters/monitor-dead-letters.js';
import { discardDeadLetter } from '../../../../src/application/operating/dead-letters/operate-dead-letter.js';
import { replayDeadLetters } from '../../../../src/application/operating/dead-letters/replay-dead-letters.js';
import { requestsSetAside } from '../../../../src/application/operating/dead-letters/requests-set-aside.js';
import { type Admission } from '../../../../src/application/ports/admission-gate.js';
import { type Message } from '../../../../src/application/ports/message-log.js';
import { answerOf } from '../../../support/answer-of.js';
import { eventually } from '../../../support/eventually.js';
import { InMemoryEventStore } from '../../../support/in-memory/event-store.js';
import { inMemoryLeases } from '../../../support/in-memory/leases.js';
import { InMemoryMessageLog } from '../../../support/in-memory/message-log.js';
import { noSnapshots } from '../../../support/in-memory/no-snapshots.js';
import { recordingLog, recordingMetrics, wallClock } from '../../../support/in-memory/quiet.js';
import { InMemoryReadModels } from '../../../support/in-memory/read-models.js';

const by = { actor: 'olga', reason: 'it can be read now', correlationId: 'op' };
const tracing = { correlationId: 'test' };
const asks = (userId: string, couponId = 'spring'): Admission => ({
  couponId,
  userId,
  requestId: `r-${userId}`,
  at: 0,
});

const world = async () => {
  const eventStore = new InMemoryEventStore();
  const messageLog = new InMemoryMessageLog();
  const logger = recordingLog();
  let ids = 0;
  const ports = {
    eventStore,
    feed: eventStore,
    snapshots: noSnapshots,
    logger,
    log: logger,
    messageLog,
    readModels: new InMemoryReadModels(),
    clock: wallClock,
    metrics: recordingMetrics(),
    leases: inMemoryLeases(),
    ids: { next: () => `id-${ids++}` },
    decidedWithinMs: 0,
    alerts: { raise: () => async () => E.right(undefined) },
  };
  const projections = startProjections(ports)([projectionOf(deadLettersView)]);
  await projections.ready;
  const record = () => answerOf(messageLog.subscribe(monitorDeadLetters(ports)(COUPON_ISSUE_REQUESTS)));
  const monitors = [await record()];
  let offset = 0;
  const parking = handleParking(ports);
  const consumer = writerConsumer(COUPON_ISSUE_REQUESTS);
  const known = requestsSetAside(ports);
  /** Once it is known: what was set aside a moment ago waits to be recorded. */
  const isSetAside = async (request: Admission): Promise<boolean> => {
    const ask = await eventually(() => answerOf(known));
    return answerOf(ask(request));
  };
  return {
    ports,
    known,
    isSetAside,
    deadLetter: (message: Message) => {
      const logged = { ...message, topic: COUPON_ISSUE_REQUESTS, partition: 0, offset: (offset += 1), loggedAt: 0 };
      const error = new Error('coupon-spring holds an event that cannot be read');
      return answerOf(setAsideMessages({ log: messageLog, clock: ports.clock })([{ message: logged, error }]));
    },
    park: (streamId: string, by = consumer) => {
      const streams = [{ streamId, revision: 0, eventType: 'CouponCreated', reason: 'unknown' }];
      return answerOf(parking({ type: 'Park', consumer: by, streams, at: 0 }, 'test'));
    },
    release: (streamId: string) =>
      answerOf(
        parking({ type: 'Release', consumer, streamIds: [streamId], actor: 'olga', reason: 'x', at: 0 }, 'test'),
      ),
    stopRecording: () => Promise.all(monitors.map((monitor) => monitor.stop())),
    recordAgain: async () => void monitors.push(await record()),
    close: async () => {
      await Promise.all(monitors.map((monitor) => monitor.stop()));
      await projections.stop();
    },
  };
};

let there: Awaited<ReturnType<typeof world>>;
beforeEach(async () => {
  there = await world();
});
afterEach(() => there.close());

describe('a request is set aside', () => {
  it('while its dead letter is open, and others of its coupon are not', async () => {
    await there.deadLetter(couponRequestMessage(asks('ana'), tracing));
    expect(await there.isSetAside(asks('ana'))).toBe(true);
    expect(await there.isSetAside(asks('ben'))).toBe(false);
    expect(await there.isSetAside({ ...asks('ben'), requestId: 'r-ana' })).toBe(false);
    expect(await there.isSetAside(asks('ana', 'autumn'))).toBe(false);
  });

  it('no more once its dead letter is replayed', async () => {
    await there.deadLetter(couponRequestMessage(asks('ana'), tracing));
    await there.isSetAside(asks('ana'));
    await answerOf(replayDeadLetters(there.ports)({ ...by, topic: COUPON_ISSUE_REQUESTS }));
    expect(await there.isSetAside(asks('ana'))).toBe(false);
  });

  it('no more once an operator has given it up', async () => {
    await there.deadLetter(couponRequestMessage(asks('ana'), tracing));
    await there.isSetAside(asks('ana'));
    const { ids } = await answerOf(
      replayDeadLetters(there.ports)({ ...by, topic: COUPON_ISSUE_REQUESTS, dryRun: true }),
    );
    for (const id of ids) await answerOf(discardDeadLetter(there.ports)(id, by));
    expect(await there.isSetAside(asks('ana'))).toBe(false);
  });

  it('where its message does not say whose it is', async () => {
    const { 'user-id': _, ...headers } = couponRequestMessage(asks('ana'), tracing).headers;
    await there.deadLetter({ ...couponRequestMessage(asks('ana'), tracing), headers });
    expect(await there.isSetAside(asks('ana'))).toBe(true);
  });

  it('not by a dead letter of the question whether it was lost', async () => {
    await there.deadLetter(couponVoidMessage(asks('ana'), tracing));
    expect(await there.isSetAside(asks('ana'))).toBe(false);
  });

  it.each([couponStream('spring'), couponRejectionsStream('spring')])(
    'with all others of its coupon while the writer has parked %s',
    async (stream) => {
      await there.park(stream);
      expect(await there.isSetAside(asks('ana'))).toBe(true);
      expect(await there.isSetAside(asks('ana', 'autumn'))).toBe(false);
      await there.release(stream);
      expect(await there.isSetAside(asks('ana'))).toBe(false);
    },
  );
});

test('requests that were set aside at one moment are replayed in the order in which they were made', async () => {
  Object.assign(there.ports, { clock: { ...wallClock, now: () => 0 } });
  const users = ['ana', 'ben', 'cem', 'dora', 'eva', 'fay', 'gus', 'hal'];
  for (const user of users) await there.deadLetter(couponRequestMessage(asks(user), tracing));
  for (const user of users) expect(await there.isSetAside(asks(user))).toBe(true);
  await answerOf(replayDeadLetters(there.ports)({ ...by, topic: COUPON_ISSUE_REQUESTS, rate: 1_000 }));
  const replayed = there.ports.messageLog.messages(COUPON_ISSUE_REQUESTS).map(({ headers }) => headers['user-id']);
  expect(replayed).toEqual(users);
});

describe('what is set aside is not known', () => {
  it('while a dead letter waits to be recorded', async () => {
    await there.stopRecording();
    await there.deadLetter(couponRequestMessage(asks('ana'), tracing));
    expect(there.ports.messageLog.messages(COUPON_ISSUE_DLQ)).toHaveLength(1);
    expect(await there.known()).toStrictEqual(E.left('AnswerUnavailable'));
    await there.recordAgain();
    expect(await there.isSetAside(asks('ana'))).toBe(true);
  });

  it('while the view of dead letters passes over one of them', async () => {
    expect(await there.isSetAside(asks('ana'))).toBe(false);
    await there.park(deadLetterStream('one'), parkingConsumer(deadLettersView));
    await eventually(async () => expect(await there.known()).toStrictEqual(E.left('AnswerUnavailable')));
  });

  it('while the event store is away', async () => {
    there.ports.eventStore.unavailable = true;
    expect(await there.known()).toStrictEqual(E.left('AnswerUnavailable'));
  });
});
