import { either as E } from 'fp-ts';
import kafkajs, { type Admin } from 'kafkajs';
import { type KafkaMessageLog } from '../../../src/adapters/kafka/kafka-message-log.js';
import { type MessageBatch } from '../../../src/application/ports/message-log.js';
import { describeWith } from '../../support/engines/describe-with.js';
import { type OwnKafka, startThreeKafkas } from '../../support/engines/own-kafka.js';
import { eventually } from '../../support/eventually.js';
import { message, right, testKafka } from './support.js';

const topic = 'moved';
const PARTITIONS = [0, 1];

await describeWith('kafka', () => {
  let kafkas: ReadonlyArray<OwnKafka>;
  let log: KafkaMessageLog;
  let admin: Admin;

  beforeAll(async () => {
    kafkas = await startThreeKafkas();
    const brokers = kafkas.flatMap((kafka) => kafka.brokers);
    log = testKafka(brokers);
    admin = new kafkajs.Kafka({ brokers, logLevel: kafkajs.logLevel.NOTHING }).admin();
    await admin.connect();
    const topics = [{ name: topic, partitions: PARTITIONS.length, retentionSeconds: 3_600 }];
    await eventually(async () => E.isRight(await log.ensureTopics(topics)()));
  });
  afterAll(async () => {
    await admin.disconnect();
    await log.close();
    await Promise.all(kafkas.map((kafka) => kafka.stop()));
  });

  const leaders = async (): Promise<ReadonlyArray<number | undefined>> => {
    const { topics } = await admin.fetchTopicMetadata({ topics: [topic] });
    const known = topics.flatMap(({ partitions }) => partitions);
    return PARTITIONS.map((partition) => known.find(({ partitionId }) => partitionId === partition)?.leader);
  };

  /** To a broker that leads no partition of the topic. */
  const movePartition0 = async (): Promise<void> => {
    const before = await leaders();
    const replicas = [1, 2, 3].filter((broker) => !before.includes(broker)).slice(0, 1);
    await admin.alterPartitionReassignments({ topics: [{ topic, partitionAssignment: [{ partition: 0, replicas }] }] });
    await eventually(async () => (await leaders())[0] === replicas[0]);
  };

  test('while a partition moves from broker to broker, no message of any partition is skipped', async () => {
    const handled = PARTITIONS.map((): number[] => []);
    let goOn: () => void = () => undefined;
    const mayGoOn = new Promise<void>((resolve) => (goOn = resolve));
    const handle = async ({ partition, messages }: MessageBatch): Promise<void> => {
      await mayGoOn;
      handled[partition]?.push(...messages.map(({ offset }) => offset));
    };
    const subscription = { topic, group: 'movers', batchSize: 20, handle };
    const consumer = await eventually(async () => right(await log.subscribe(subscription)()));

    const last = [-1, -1];
    let published = 0;
    let goesOn = true;
    const publishing = (async () => {
      for (let n = 0; goesOn; n += 1) {
        const answer = await log.publish(topic, message(String(n), `coupon-${n}`))();
        if (E.isLeft(answer)) continue;
        last[answer.right.partition] = answer.right.offset;
        published += 1;
      }
    })();
    const publishMore = async (): Promise<void> => {
      const before = published;
      await eventually(() => published > before + 50);
    };

    await publishMore();
    for (let moves = 0; moves < 3; moves += 1) {
      await movePartition0();
      await publishMore();
    }
    goesOn = false;
    await publishing;
    goOn();

    for (const partition of PARTITIONS) {
      const offsets = (): number[] => [...new Set(handled[partition])];
      const length = (last[partition] ?? 0) + 1;
      await eventually(() => (offsets().at(-1) ?? -1) >= length - 1);
      expect(offsets().slice(0, length)).toEqual(Array.from({ length }, (_, offset) => offset));
    }
    await consumer.stop();
  });
});
