import { jest } from '@jest/globals';
import { either as E } from 'fp-ts';
import kafkajs from 'kafkajs';
import { beginKafkaAt } from '../../../src/adapters/kafka/begin-at.js';
import { inspectBrokers } from '../../../src/adapters/kafka/inspect-brokers.js';
import { inspectTopics } from '../../../src/adapters/kafka/inspect-topics.js';
import { FILLER, type MessageBatch } from '../../../src/application/ports/message-log.js';
import { type KafkaMessageLog } from '../../../src/adapters/kafka/kafka-message-log.js';
import { describeWith, ownPrefix } from '../../support/engines/describe-with.js';
import { freePort } from '../../support/engines/free-port.js';
import { eventually } from '../../support/eventually.js';
import { recordingLog, recordingMetrics } from '../../support/in-memory/quiet.js';
import { allOf, message, right, testKafka, valuesOf } from './support.js';

const unheardOf = ({ topics }: { readonly topics: string[] }) => ({
  name: 'unheard-of',
  metadata: kafkajs.AssignerProtocol.MemberMetadata.encode({ version: 0, topics, userData: Buffer.alloc(0) }),
});

await describeWith('kafka', ({ brokers }) => {
  const prefix = ownPrefix();
  const counted: Array<{ readonly name: string; readonly labels: unknown; readonly by: number | undefined }> = [];
  let log: KafkaMessageLog;

  beforeAll(async () => {
    log = testKafka(brokers, {
      prefix,
      metrics: {
        count: (name, labels, by) => void counted.push({ name, labels, by }),
        gauge: () => undefined,
        observe: () => undefined,
      },
    });
    const topics = ['one', 'counted', 'poison', 'sides', 'order'].map((name) => ({
      name,
      partitions: name === 'sides' ? 2 : 1,
      retentionSeconds: 604_800,
    }));
    right(await log.ensureTopics(topics)());
  });
  afterAll(() => log.close());

  it('creates topics with their partitions and retention, and leaves those alone that are there', async () => {
    right(await log.ensureTopics([{ name: 'sides', partitions: 5, retentionSeconds: 60 }])());
    const admin = new kafkajs.Kafka({ brokers: [...brokers], logLevel: kafkajs.logLevel.NOTHING }).admin();
    await admin.connect();
    const { topics } = await admin.fetchTopicMetadata({ topics: [`${prefix}sides`] });
    const { resources } = await admin.describeConfigs({
      includeSynonyms: false,
      resources: [{ type: kafkajs.ConfigResourceTypes.TOPIC, name: `${prefix}sides`, configNames: ['retention.ms'] }],
    });
    await admin.disconnect();
    expect(topics[0]?.partitions).toHaveLength(2);
    expect(resources[0]?.configEntries[0]?.configValue).toBe('604800000');
  });

  it('is written to and looked at though brokers that were named before the one that is there are not', async () => {
    const named = [`127.0.0.1:${await freePort()}`, `127.0.0.1:${await freePort()}`, ...brokers];
    for (let start = 0; start < 3; start += 1) {
      const one = testKafka(named, { prefix });
      await eventually(async () => right(await one.publish('one', message('found'))()));
      await one.close();
    }
    const options = { brokers: named, prefix, log: recordingLog(), metrics: recordingMetrics() };
    expect(await inspectBrokers(options)).toMatchObject({ count: 1 });
    expect(await inspectTopics(options, ['sides', 'never-was'])).toEqual([
      { topic: `${prefix}sides`, copies: 1, inSync: 1, hasBrokerTime: true },
    ]);
  });

  it('has the time of the broker for every message, however wrong the clock of its sender is', async () => {
    right(await log.ensureTopics([{ name: 'timed', partitions: 1, retentionSeconds: 604_800 }])());
    const before = Date.now();
    const ahead = jest.spyOn(Date, 'now').mockImplementation(() => before + 1_800_000);
    right(await log.publish('timed', message('from the future'))());
    ahead.mockRestore();
    const [found] = await allOf(log, 'timed');
    expect(Math.abs((found?.loggedAt ?? 0) - before)).toBeLessThan(600_000);
  });

  it('asks for as many copies of a topic as it is told to: no topic comes about where there are too few brokers', async () => {
    const many = testKafka(brokers, { prefix, replication: 1_000 });
    const asked = [{ name: 'copied', partitions: 1, retentionSeconds: 60 }];
    expect(await many.ensureTopics(asked)()).toEqual(E.left('LogUnavailable'));
    right(await log.ensureTopics(asked)());
    await many.close();
  });

  it('lets a partition go on behind messages it never held, and touches none that holds some', async () => {
    const topics = ['empty', 'used', 'half'].map((name) => ({ name, partitions: 1, retentionSeconds: 604_800 }));
    right(await log.ensureTopics(topics)());
    right(await log.publish('used', message('before'))());
    const begin = (topic: string, offset: number) =>
      beginKafkaAt({ brokers, prefix, log: recordingLog(), metrics: recordingMetrics() }, [
        { topic, partition: 0, offset },
        { topic, partition: 7, offset: 1 },
      ]);
    expect(await begin('empty', 12_345)).toEqual([]);
    expect(await begin('empty', 12_345)).toEqual([]);
    // Nobody leads it yet.
    right(await log.ensureTopics([{ name: 'young', partitions: 3, retentionSeconds: 604_800 }])());
    expect(await begin('young', 3)).toEqual([]);
    expect(await begin('used', 12_345)).toEqual([`${prefix}used`]);
    expect(right(await log.publish('empty', message('first'))())).toEqual({ partition: 0, offset: 12_345 });
    expect(await valuesOf(log, 'empty')).toEqual(['first']);
    // An attempt that broke off before it emptied the partition again; then requests came in behind it.
    for (let n = 0; n < 3; n += 1) right(await log.publish('half', { key: FILLER, value: '', headers: {} })());
    right(await log.publish('half', message('after'))());
    expect(await begin('half', 3)).toEqual([]);
    expect(await valuesOf(log, 'half')).toEqual(['after']);
    expect(await valuesOf(log, 'used')).toEqual(['before']);
  });

  it('keeps the order in which messages of one key were published at once', async () => {
    const values = Array.from({ length: 3_000 }, (_, index) => String(index));
    const published = await Promise.all(values.map((value) => log.publish('order', message(value))()));
    expect(published.map((each) => right(each).offset)).toEqual(values.map(Number));
    expect(await valuesOf(log, 'order')).toEqual(values);
  });

  it('knows that a message for a topic that is not there was not published', async () => {
    expect(await log.publish('nowhere', message('lost'))()).toEqual(E.left('PublishFailed'));
  });

  it('knows that a message too large for the broker was not published, and goes on', async () => {
    expect(await log.publish('one', message('x'.repeat(2_000_000)))()).toEqual(E.left('PublishFailed'));
    await eventually(async () => E.isRight(await log.publish('one', message('small'))()));
  });

  it('counts what was sent, by topic', async () => {
    right(await log.publish('counted', message('a'))());
    expect(counted).toContainEqual({
      name: 'kafka_producer_record_send_total',
      labels: { topic: 'counted', result: 'sent' },
      by: 1,
    });
  });

  it('hands out what others wrote whatever it is: no key, no value, bytes that are no text', async () => {
    const producer = new kafkajs.Kafka({ brokers: [...brokers], logLevel: kafkajs.logLevel.NOTHING }).producer({
      createPartitioner: kafkajs.Partitioners.DefaultPartitioner,
    });
    await producer.connect();
    const bytes = Buffer.from([0xff, 0x00, 0xfe]);
    await producer.send({
      topic: `${prefix}poison`,
      messages: [{ value: null }, { key: bytes, value: bytes, headers: { odd: bytes, many: ['a', 'b'] } }],
    });
    await producer.disconnect();
    right(await log.publish('poison', message('{not json'))());

    const seen: MessageBatch[] = [];
    const handle = async (batch: MessageBatch) => {
      seen.push(batch);
      batch.messages.forEach(({ value }) => value.startsWith('{') && JSON.parse(value));
    };
    const consumer = right(await log.subscribe({ topic: 'poison', group: 'poisoned', batchSize: 1, handle })());
    await eventually(() => seen.filter(({ messages }) => messages[0]?.offset === 2).length >= 2);
    expect(seen.slice(0, 2).flatMap(({ messages }) => messages.map(({ key, value }) => [key, value]))).toEqual([
      ['', ''],
      [bytes.toString(), bytes.toString()],
    ]);
    expect(right(await log.lag('poison', 'poisoned')())[0]).toMatchObject({ head: 3, committed: 2 });
    await consumer.stop();
  });

  it('lets no partition wait for another whose batch is rejected, again and again', async () => {
    const keys = ['a', 'b', 'c', 'd', 'e', 'f'];
    const where = await Promise.all(
      keys.map(async (key) => right(await log.publish('sides', message(key, key))()).partition),
    );
    expect(new Set(where).size).toBe(2);
    const handled: number[] = [];
    const handle = async ({ partition, messages }: MessageBatch) => {
      if (partition === 0) throw new Error('the event store is away');
      handled.push(...messages.map(({ offset }) => offset));
    };
    const consumer = right(await log.subscribe({ topic: 'sides', group: 'sides', handle })());
    for (let n = 0; n < 5; n += 1) {
      await Promise.all(keys.map((key) => log.publish('sides', message(`${key}${n}`, key))()));
    }
    await eventually(async () => handled.length === (await allOf(log, 'sides', 1)).length);
    const [stuck, free] = right(await log.lag('sides', 'sides')());
    expect(stuck?.committed).toBe(0);
    expect(stuck?.oldestUnprocessedAt).toBe((await allOf(log, 'sides', 0))[0]?.loggedAt);
    await eventually(async () => right(await log.lag('sides', 'sides')())[1]?.committed === free?.head);
    await consumer.stop();
  });

  it('joins again whenever the library gives up, says so once, and reads all that was published meanwhile', async () => {
    const other = new kafkajs.Kafka({ brokers: [...brokers], logLevel: kafkajs.logLevel.NOTHING }).consumer({
      groupId: `${prefix}stubborn`,
      sessionTimeout: 2_000,
      rebalanceTimeout: 2_000,
      heartbeatInterval: 500,
      maxWaitTimeInMs: 50,
      partitionAssigners: [
        (config) => ({ ...kafkajs.PartitionAssigners.roundRobin(config), name: 'unheard-of', protocol: unheardOf }),
      ],
    });
    await other.connect();
    await other.subscribe({ topic: `${prefix}one` });
    await other.run({ autoCommit: false, eachMessage: async () => undefined });

    const stubborn = testKafka(brokers, { prefix });
    const seen: string[] = [];
    const handle = async ({ messages }: MessageBatch) => void seen.push(...messages.map(({ value }) => value));
    right(await stubborn.subscribe({ topic: 'one', group: 'stubborn', handle })());
    await eventually(() => stubborn.warned.length > 0);
    right(await log.publish('one', message('published meanwhile'))());
    await other.disconnect();
    await eventually(() => seen.includes('published meanwhile'));
    expect(stubborn.warned).toEqual(['Waiting for Kafka: a consumer cannot join its group']);
    await stubborn.close();
  });

  it('splits what a topic does not take at once, and lets no neighbour fail with a message that is too large', async () => {
    const admin = new kafkajs.Kafka({ brokers: [...brokers], logLevel: kafkajs.logLevel.NOTHING }).admin();
    await admin.connect();
    const configEntries = [{ name: 'max.message.bytes', value: '20000' }];
    await admin.createTopics({ topics: [{ topic: `${prefix}small`, numPartitions: 1, configEntries }] });
    await admin.disconnect();
    const values = Array.from({ length: 600 }, (_, n) => `${n}-${'x'.repeat(300)}`);
    const published = await Promise.all(values.map((value) => log.publish('small', message(value))()));
    expect(published.filter(E.isLeft)).toEqual([]);
    expect(await valuesOf(log, 'small')).toEqual(values);

    const [before, tooLarge, after] = await Promise.all(
      ['before', 'x'.repeat(30_000), 'after'].map((value) => log.publish('small', message(value))()),
    );
    expect([before?._tag, tooLarge, after?._tag]).toEqual(['Right', E.left('PublishFailed'), 'Right']);
  });
});
