import { CloudEvent, Kafka, type KafkaMessage } from 'cloudevents';
import { either as E } from 'fp-ts';
import { orThrow } from '../../../../src/application/kernel/or-throw.js';
import { relay as relaying, relayCheckpoint } from '../../../../src/application/notices/relay/relay.js';
import { NO_STREAM } from '../../../../src/application/ports/event-store.js';
import { type Subscription } from '../../../../src/application/ports/event-feed.js';
import { eventually } from '../../../support/eventually.js';
import { InMemoryEventStore } from '../../../support/in-memory/event-store.js';
import { InMemoryMessageLog } from '../../../support/in-memory/message-log.js';
import { InMemoryReadModels } from '../../../support/in-memory/read-models.js';
import { movedClock } from '../../../support/moved-clock.js';
import { running } from '../../../support/running.js';

const issued = (place: number) => ({
  id: `event-${place}`,
  event: { type: 'CouponIssued', couponId: 'c1', userId: `u${place}`, requestId: `r${place}`, place, at: 1_000 },
  metadata: { correlationId: `trace-${place}` },
});

const world = () => {
  const store = new InMemoryEventStore();
  const log = new InMemoryMessageLog();
  const readModels = new InMemoryReadModels();
  const metrics = { count: () => undefined, gauge: () => undefined, observe: () => undefined };
  const messages = async () => {
    const read = await log.read({ topic: 'coupon-events', partition: 0, offset: 0 }, 1_000)();
    return E.isRight(read) ? read.right : [];
  };
  const ports = { feed: store, log, readModels, clock: movedClock(), metrics };
  return { store, log, readModels, ports, messages };
};

describe('the relay', () => {
  const relays: Subscription[] = [];
  afterEach(async () => {
    await Promise.all(relays.splice(0).map((relay) => relay.stop()));
  });

  const setUp = async () => {
    const made = world();
    await made.log.ensureTopics([{ name: 'coupon-events', partitions: 1, retentionSeconds: 60 }])();
    const relay = async (overtaken = (): void => undefined) => {
      const started = await running({ ...made.ports, eventStore: made.store }, relaying(made.ports), overtaken);
      relays.push(started);
      return started;
    };
    return { ...made, relay };
  };

  test('tells every issued coupon once, in order, with the ids by which it is traced', async () => {
    const { store, relay, messages } = await setUp();
    await relay();
    await store.append('coupon-c1', NO_STREAM, [issued(1), issued(2)])();
    await store.append('coupon-c1', 1, [issued(3)])();
    await eventually(async () => (await messages()).length === 3);
    const told = await messages();
    expect(told.map(({ value }) => JSON.parse(value))).toEqual(
      [1, 2, 3].map((place) => ({
        eventId: `event-${place}`,
        eventType: 'COUPON_ISSUED',
        occurredAt: expect.any(String),
        requestId: `r${place}`,
        couponId: 'c1',
        userId: `u${place}`,
        status: 'SUCCESS',
        place,
        processedAt: '1970-01-01T00:00:01.000Z',
      })),
    );
    expect(told[0]).toMatchObject({ key: 'c1', headers: { 'event-id': 'event-1', 'correlation-id': 'trace-1' } });
  });

  test('tells it as a CloudEvent, which any consumer of CloudEvents reads', async () => {
    const { store, relay, messages } = await setUp();
    await relay();
    await store.append('coupon-c1', NO_STREAM, [issued(1)])();
    const [told] = await eventually(async () => {
      const all = await messages();
      expect(all).toHaveLength(1);
      return all;
    });
    const { headers = {}, value = '', key } = told ?? {};
    const message: KafkaMessage = { headers: { ...headers }, value, key: key ?? '', body: value };
    const event = Kafka.toEvent(message);
    expect(event).toBeInstanceOf(CloudEvent);
    expect(event).toMatchObject({
      id: 'event-1',
      source: '/doorbuster/coupon-events',
      type: 'doorbuster.COUPON_ISSUED',
      partitionkey: 'c1',
      data: { couponId: 'c1', place: 1 },
    });
  });

  test('goes on after a restart where it stood', async () => {
    const { store, relay, messages, ports } = await setUp();
    const first = await relay();
    await store.append('coupon-c1', NO_STREAM, [issued(1)])();
    await eventually(async () => (await messages()).length === 1);
    await eventually(async () => {
      const checkpoint = await ports.readModels.checkpoint(relayCheckpoint)();
      return E.isRight(checkpoint) && checkpoint.right >= 0;
    });
    await first.stop();
    await store.append('coupon-c1', 0, [issued(2)])();
    await relay();
    await eventually(async () => (await messages()).length === 2);
    expect((await messages()).map(({ headers }) => headers['event-id'])).toEqual(['event-1', 'event-2']);
  });

  test('tells a batch again when the log lost the acknowledgement, and never moves past it', async () => {
    const { store, log, relay, messages } = await setUp();
    log.failNextPublish = 'PublishOutcomeUnknown';
    await relay();
    await store.append('coupon-c1', NO_STREAM, [issued(1)])();
    await eventually(async () => (await messages()).length === 2);
    expect((await messages()).map(({ headers }) => headers['event-id'])).toEqual(['event-1', 'event-1']);
  });

  test('tells what comes next while the checkpoint is being written, and goes no further ahead of it', async () => {
    const { store, readModels, relay, messages } = await setUp();
    let written = (): void => undefined;
    const slow = new Promise<void>((resolve) => (written = resolve));
    readModels.beforeWrite = () => slow;
    await relay();
    for (const place of [1, 2]) {
      await store.append('coupon-c1', place - 2, [issued(place)])();
      await eventually(async () => (await messages()).length === place);
    }
    const { position } = orThrow(await store.append('coupon-c1', 1, [issued(3)])());
    for (let turn = 0; turn < 50; turn++) await new Promise(setImmediate);
    expect(await messages()).toHaveLength(2);
    written();
    await eventually(async () => expect(await readModels.checkpoint(relayCheckpoint)()).toEqual(E.right(position)));
    expect((await messages()).map(({ headers }) => headers['event-id'])).toEqual(['event-1', 'event-2', 'event-3']);
  });

  test('keeps the checkpoint, when it could not be, as soon as it can', async () => {
    const { store, readModels, relay, messages } = await setUp();
    await relay();
    readModels.unavailable = true;
    await store.append('coupon-c1', NO_STREAM, [issued(1)])();
    await eventually(async () => (await messages()).length === 1);
    const { position } = orThrow(await store.append('coupon-c1', 0, [issued(2)])());
    await eventually(async () => (await messages()).length > 1);
    readModels.unavailable = false;
    await eventually(async () => expect(await readModels.checkpoint(relayCheckpoint)()).toEqual(E.right(position)));
  });

  test('stops when another relay has moved the checkpoint', async () => {
    const { store, readModels, relay } = await setUp();
    let timesOvertaken = 0;
    await relay(() => (timesOvertaken += 1));
    await readModels.write(relayCheckpoint, [], { from: -1, to: 100 })();
    await store.append('coupon-c1', NO_STREAM, [issued(1)])();
    await eventually(() => timesOvertaken === 1);
    expect(await readModels.checkpoint(relayCheckpoint)()).toEqual(E.right(100));
  });

  test('finds on the log where it stood when its checkpoint was lost: history is not told again', async () => {
    const { store, relay, messages, readModels } = await setUp();
    const first = await relay();
    for (let place = 1; place <= 3; place++) {
      await store.append('coupon-c1', place - 2, [issued(place)])();
      await eventually(async () => (await messages()).length === place);
    }
    await first.stop();
    await readModels.drop(relayCheckpoint)();
    await store.append('coupon-c1', 2, [issued(4)])();
    await relay();
    await eventually(async () => (await messages()).at(-1)?.headers['event-id'] === 'event-4');
    // What was told last may have been told in part.
    const told = (await messages()).map(({ headers }) => headers['event-id']);
    expect(told).toEqual(['event-1', 'event-2', 'event-3', 'event-3', 'event-4']);
  });
});
