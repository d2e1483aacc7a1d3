import { type Admin, type Producer } from 'kafkajs';
import { kafkaClient } from './client.js';
import { type KafkaOptions, kafkaSettings } from './options.js';

export interface PartitionStart {
  readonly topic: string;
  readonly partition: number;
  /** Of the next message. */
  readonly offset: number;
}

const AT_ONCE = 10_000;

/** Messages without a value, so that the next offset is the wanted one. */
const fill = async (producer: Producer, { topic, partition, offset }: PartitionStart, from: number): Promise<void> => {
  for (let done = from; done < offset; done += AT_ONCE) {
    const messages = Array.from({ length: Math.min(AT_ONCE, offset - done) }, () => ({ partition, value: null }));
    await producer.send({ topic, messages, acks: -1 });
  }
};

const boundsOf = async (admin: Admin, { topic, partition }: PartitionStart) => {
  const bounds = (await admin.fetchTopicOffsets(topic)).find((each) => each.partition === partition);
  return bounds === undefined ? null : { low: Number(bounds.low), high: Number(bounds.high) };
};

/**
 * Lets partitions continue after messages they never held: those of the log that a history was decided from. Kafka assigns
 * offsets in order from 0, so the partition is filled and emptied again before anybody consumes it. Answers the topics
 * that already hold messages and would have to be filled; then nothing was done to any. Rejects with the errors of Kafka.
 */
export const beginKafkaAt = async (
  options: KafkaOptions,
  starts: ReadonlyArray<PartitionStart>,
): Promise<ReadonlyArray<string>> => {
  const settings = kafkaSettings(options);
  const client = kafkaClient(settings, 6);
  const [admin, producer] = [client.admin(), client.producer()];
  await Promise.all([admin.connect(), producer.connect()]);
  try {
    const named = starts.map((start) => ({ ...start, topic: `${settings.prefix}${start.topic}` }));
    const found = await Promise.all(named.map(async (start) => ({ start, bounds: await boundsOf(admin, start) })));
    const used = found.filter(
      ({ start, bounds }) => bounds !== null && bounds.low < bounds.high && bounds.high < start.offset,
    );
    if (used.length > 0) return [...new Set(used.map(({ start }) => start.topic))];
    for (const { start, bounds } of found) {
      // With fewer partitions than before, nothing of this one was decided from here.
      if (bounds === null || bounds.high >= start.offset) continue;
      await fill(producer, start, bounds.high);
      const { topic, partition, offset } = start;
      await admin.deleteTopicRecords({ topic, partitions: [{ partition, offset: String(offset) }] });
    }
    return [];
  } finally {
    await Promise.all([admin.disconnect(), producer.disconnect()]);
  }
};
