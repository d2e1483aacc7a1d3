import kafkajs from 'kafkajs';
import { kafkaClient } from './client.js';
import { inTime } from './in-time.js';
import { type KafkaOptions, kafkaSettings, retriesForAllBrokers } from './options.js';
import { letGo, watchedSockets } from './sockets.js';

const WITHIN_MS = 4_000;
const IN_SYNC = 'min.insync.replicas';

export interface TopicCopies {
  readonly topic: string;
  /** Of the partition with the fewest copies. */
  readonly copies: number;
  /** How many copies must have a message before it counts as written. */
  readonly inSync: number;
}

/** How many copies those of these topics have that exist; null if Kafka does not answer within 4 s, or may not be asked. */
export const inspectTopics = async (
  options: KafkaOptions,
  names: ReadonlyArray<string>,
): Promise<ReadonlyArray<TopicCopies> | null> => {
  const sockets = watchedSockets();
  const settings = kafkaSettings({ ...options, callTimeoutMs: WITHIN_MS });
  const admin = kafkaClient(settings, retriesForAllBrokers(options), sockets).admin();
  const inspect = async (): Promise<ReadonlyArray<TopicCopies>> => {
    await admin.connect();
    const there = new Set(await admin.listTopics());
    const asked = names.map((name) => `${settings.prefix}${name}`).filter((topic) => there.has(topic));
    if (asked.length === 0) return [];
    const { topics } = await admin.fetchTopicMetadata({ topics: asked });
    const { resources } = await admin.describeConfigs({
      includeSynonyms: false,
      resources: asked.map((name) => ({ type: kafkajs.ConfigResourceTypes.TOPIC, name, configNames: [IN_SYNC] })),
    });
    return topics.map(({ name: topic, partitions }) => {
      const entries = resources.find(({ resourceName }) => resourceName === topic)?.configEntries ?? [];
      const inSync = Number(entries.find(({ configName }) => configName === IN_SYNC)?.configValue ?? 1);
      return { topic, copies: Math.min(...partitions.map(({ replicas }) => replicas.length)), inSync };
    });
  };
  try {
    return await inTime(inspect(), WITHIN_MS, 'looking at the topics of Kafka');
  } catch {
    return null;
  } finally {
    await letGo(admin, sockets, WITHIN_MS);
  }
};
