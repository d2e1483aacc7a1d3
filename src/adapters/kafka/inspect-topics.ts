import kafkajs from 'kafkajs';
import { kafkaClient } from './client.js';
import { inTime } from './in-time.js';
import { type KafkaOptions, kafkaSettings, others } from './options.js';
import { letGo, watchedSockets } from './sockets.js';

const WITHIN_MS = 4_000;
const IN_SYNC = 'min.insync.replicas';

export interface TopicCopies {
  readonly topic: string;
  /** Of the partition that has the fewest. */
  readonly copies: number;
  /** So many must have a message before it counts as written. */
  readonly inSync: number;
}

/** How safely those of these topics that exist keep what is written to them; null where Kafka does not say. */
export const inspectTopics = async (
  options: KafkaOptions,
  names: ReadonlyArray<string>,
): Promise<ReadonlyArray<TopicCopies> | null> => {
  const sockets = watchedSockets();
  const settings = kafkaSettings({ ...options, callTimeoutMs: WITHIN_MS });
  const admin = kafkaClient(settings, others(options), sockets).admin();
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
