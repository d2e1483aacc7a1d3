import { either as E, taskEither as TE } from 'fp-ts';
import { couponRequestMessage } from '../../../src/application/coupon/coupon-request-message.js';
import { couponStream } from '../../../src/application/coupon/coupon-aggregate.js';
import { COUPON_ISSUE_REQUESTS, topics } from '../../../src/application/kernel/messaging/topics.js';
import { setAsideMessages } from '../../../src/application/kernel/writer/dead-letter-message.js';
import { writerConsumer } from '../../../src/application/kernel/writer/park-key.js';
import { deadLettersView } from '../../../src/application/operating/dead-letters/dead-letters-view.js';
import { monitorDeadLetters } from '../../../src/application/operating/dead-letters/monitor-dead-letters.js';
import { handleParking } from '../../../src/application/kernel/process/parking/parking-aggregate.js';
import { parkedStreamsView } from '../../../src/application/kernel/process/parked-streams-view.js';
import { projectionOf } from '../../../src/application/kernel/projection/projection.js';
import { startProjections } from '../../../src/application/kernel/projection/start-projections.js';
import { releaseParked, releaseReadable } from '../../../src/application/operating/release-readable.js';
import { answerOf } from '../../support/answer-of.js';
import { eventually } from '../../support/eventually.js';
import { InMemoryEventStore } from '../../support/in-memory/event-store.js';
import { inMemoryLeases } from '../../support/in-memory/leases.js';
import { InMemoryMessageLog } from '../../support/in-memory/message-log.js';
import { noSnapshots } from '../../support/in-memory/no-snapshots.js';
import { recordingLog, recordingMetrics, wallClock } from '../../support/in-memory/quiet.js';
import { InMemoryReadModels } from '../../support/in-memory/read-models.js';

const world = async () => {
  const eventStore = new InMemoryEventStore();
  const log = recordingLog();
  let ids = 0;
  const ports = {
    eventStore,
    feed: eventStore,
    snapshots: noSnapshots,
    logger: log,
    log,
    messageLog: new InMemoryMessageLog(),
    readModels: new InMemoryReadModels(),
    clock: wallClock,
    metrics: recordingMetrics(),
    leases: inMemoryLeases(),
    ids: { next: () => `id-${ids++}` },
    decidedWithinMs: 0,
    alerts: { raise: () => TE.right(undefined) },
  };
  const projections = startProjections(ports)([projectionOf(parkedStreamsView), projectionOf(deadLettersView)]);
  await projections.ready;
  return { ports, log, stop: () => projections.stop() };
};

const unknown = 'no event of type OrderCreated is known here';
const park = (ports: Parameters<typeof handleParking>[0], consumer: string, streamId: string) => {
  const streams = [{ streamId, revision: 0, eventType: 'OrderCreated', reason: unknown }];
  return answerOf(handleParking(ports)({ type: 'Park', consumer, streams, at: Date.now() }, 'test'));
};

test('a view is built anew for a stream that it has parked, and for no other name', async () => {
  const { ports, stop } = await world();
  const asked = { consumer: 'view-dead-letters', streamIds: ['deadLetter-1'] };
  const release = releaseParked(ports)({ ...asked, actor: 'olga', reason: 'mended', correlationId: 'test' });
  expect(await release()).toEqual(E.left({ code: 'STREAM_NOT_PARKED' }));
  await park(ports, asked.consumer, 'deadLetter-1');
  await eventually(async () => expect(await release()).toEqual(E.right(1)));
  await stop();
});

test('one consumer whose streams cannot be released holds up no other', async () => {
  const { ports, log, stop } = await world();
  const created = { id: 'created', event: { type: 'OrderCreated' }, metadata: { correlationId: 'test' } };
  await answerOf(ports.eventStore.append('order-o1', -1, [created]));
  for (const consumer of ['order-saga', 'relay']) await park(ports, consumer, 'order-o1');

  const sweep = releaseReadable({
    ...ports,
    faultOf: () => null,
    release: ({ consumer }) =>
      consumer === 'order-saga' ? () => Promise.reject(new Error('an event of a newer version')) : TE.right(1),
  });
  await eventually(async () => expect(await answerOf(sweep(new AbortController().signal))).toBe(1));
  expect(log.lines).toContainEqual(expect.stringContaining('What a consumer parked cannot be released'));
  await stop();
});

test('a request that an older version set aside just before its coupon was released is asked again, one of a coupon that is parked is not', async () => {
  const { ports, stop } = await world();
  const { messageLog } = ports;
  await answerOf(messageLog.ensureTopics(topics(1)));
  const monitor = await answerOf(messageLog.subscribe(monitorDeadLetters(ports)(COUPON_ISSUE_REQUESTS)));
  await park(ports, writerConsumer(COUPON_ISSUE_REQUESTS), couponStream('parked'));
  const asked = ['parked', 'released'].map((couponId, offset) => ({
    message: {
      ...couponRequestMessage({ couponId, userId: 'ana', requestId: 'r-ana', at: 0 }, { correlationId: 'test' }),
      ...{ topic: COUPON_ISSUE_REQUESTS, partition: 0, offset, loggedAt: 0 },
    },
    error: new Error(`${couponStream(couponId)} holds an event that cannot be read: ${unknown}`),
  }));
  await answerOf(setAsideMessages({ log: messageLog, clock: ports.clock })(asked));

  const sweep = releaseReadable({ ...ports, faultOf: () => unknown, release: () => TE.right(0) });
  const askedAgain = async () => {
    await answerOf(sweep(new AbortController().signal));
    return messageLog.messages(COUPON_ISSUE_REQUESTS).map(({ key }) => key);
  };
  await eventually(async () => expect(await askedAgain()).toEqual(['released']));
  expect(await askedAgain()).toEqual(['released']);
  await monitor.stop();
  await stop();
});
