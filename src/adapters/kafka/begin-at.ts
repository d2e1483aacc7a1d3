import { setTimeout as sleep } from 'node:timers/promises';
import kafkajs, { type Admin, type Producer } from 'kafkajs';
import { FILLER, type PlaceInLog } from '../../application/ports/message-log.js';
import { kafkaClient, retries } from './client.js';
import { type KafkaOptions, type KafkaSettings, kafkaSettings } from './options.js';
import { partitionReader } from './partition-reader.js';
import { letGo, watchedSockets } from './sockets.js';

const AT_ONCE = 10_000;

/** Messages without a value, so that the next offset is the wanted one. */
const fill = async (producer: Producer, { topic, partition, offset }: PlaceInLog, from: number): Promise<void> => {
  for (let done = from; done < offset; done += AT_ONCE) {
    const messages = Array.from({ length: Math.min(AT_ONCE, offset - done) }, () => ({
      partition,
      key: FILLER,
      value: null,
    }));
    await producer.send({ topic, messages, acks: -1 });
  }
};

const boundsOf = async (admin: Admin, { topic, partition }: PlaceInLog) => {
  const bounds = (await admin.fetchTopicOffsets(topic)).find((each) => each.partition === partition);
  return bounds === undefined ? null : { low: Number(bounds.low), high: Number(bounds.high) };
};

const beginOnce = async (
  settings: KafkaSettings,
  starts: ReadonlyArray<PlaceInLog>,
): Promise<ReadonlyArray<string>> => {
  const [ofAdmin, ofProducer] = [watchedSockets(), watchedSockets()];
  const [admin, producer] = [
    kafkaClient(settings, 6, ofAdmin).admin(),
    // Repeated, a send must not leave more than was asked for: the first unanswered request is to stand at the wanted offset.
    kafkaClient(settings, 6, ofProducer).producer({ idempotent: true, maxInFlightRequests: 1, retry: retries(6) }),
  ];
  const reader = partitionReader(settings);
  const isFiller = async ({ topic, partition }: PlaceInLog, offset: number): Promise<boolean> => {
    const [oldest] = await reader.fetch(topic, partition, offset, 1);
    return oldest?.key === FILLER;
  };
  try {
    await Promise.all([admin.connect(), producer.connect()]);
    const found = await Promise.all(
      starts.map(async (asked) => {
        const start = { ...asked, topic: `${settings.prefix}${asked.topic}` };
        const bounds = await boundsOf(admin, start);
        const isEmpty = bounds === null || bounds.low === bounds.high;
        return { start, bounds, isEmpty, isFilled: !isEmpty && (await isFiller(asked, bounds.low)) };
      }),
    );
    const used = found.filter(
      ({ start, bounds, isEmpty, isFilled }) => bounds !== null && !isEmpty && !isFilled && bounds.high < start.offset,
    );
    if (used.length > 0) return [...new Set(used.map(({ start }) => start.topic))];
    for (const { start, bounds, isFilled } of found) {
      // With fewer partitions than before, nothing of this one was decided from here.
      if (bounds === null || (bounds.high >= start.offset && !isFilled)) continue;
      await fill(producer, start, bounds.high);
      const { topic, partition, offset } = start;
      await admin.deleteTopicRecords({ topic, partitions: [{ partition, offset: String(offset) }] });
    }
    return [];
  } finally {
    await Promise.all([letGo(admin, ofAdmin), letGo(producer, ofProducer), reader.close()]);
  }
};

const PATIENCE_MS = 30_000;
const AGAIN_MS = 500;

/**
 * Lets partitions continue after messages they never held: those of the log that a history was decided from. Kafka assigns
 * offsets in order from 0, so the partition is filled and emptied again before anybody consumes it. Answers the topics
 * that already hold messages and would have to be filled; then nothing was done to any. Waits for topics that are so young
 * that no broker leads them yet. Rejects with the errors of Kafka; repeated, it goes on where it was.
 */
export const beginKafkaAt = async (
  options: KafkaOptions,
  starts: ReadonlyArray<PlaceInLog>,
): Promise<ReadonlyArray<string>> => {
  const until = performance.now() + PATIENCE_MS;
  for (;;) {
    try {
      return await beginOnce(kafkaSettings(options), starts);
    } catch (error) {
      if (!(error instanceof kafkajs.KafkaJSError && error.retriable) || performance.now() > until) throw error;
      await sleep(AGAIN_MS);
    }
  }
};
