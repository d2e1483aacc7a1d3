import kafkajs, { type Admin } from 'kafkajs';
import { kafkaClient } from './client.js';
import { CLOCK } from './ensure-topics.js';
import { askOnce } from './held-client.js';
import { type KafkaOptions, kafkaSettings, retriesForAllBrokers } from './options.js';
import { type Sockets } from './sockets.js';

const WITHIN_MS = 4_000;
const IN_SYNC = 'min.insync.replicas';

export interface InspectedTopic {
  readonly topic: string;
  /** Of the partition with the fewest copies. */
  readonly copies: number;
  /** How many copies must have a message before it counts as written. */
  readonly inSync: number;
  /** Whether its messages have the time of the broker, not of their sender. */
  readonly hasBrokerTime: boolean;
}

/** How those of these topics are set that exist; null if Kafka does not answer within 4 s, or may not be asked. */
export const inspectTopics = async (
  options: KafkaOptions,
  names: ReadonlyArray<string>,
): Promise<ReadonlyArray<InspectedTopic> | null> => {
  const settings = kafkaSettings({ ...options, callTimeoutMs: WITHIN_MS });
  const open = (sockets: Sockets): Admin => kafkaClient(settings, retriesForAllBrokers(options), sockets).admin();
  const inspect = async (admin: Admin): Promise<ReadonlyArray<InspectedTopic>> => {
    const there = new Set(await admin.listTopics());
    const asked = names.map((name) => `${settings.prefix}${name}`).filter((topic) => there.has(topic));
    if (asked.length === 0) return [];
    const { topics } = await admin.fetchTopicMetadata({ topics: asked });
    const { resources } = await admin.describeConfigs({
      includeSynonyms: false,
      resources: asked.map((name) => ({
        type: kafkajs.ConfigResourceTypes.TOPIC,
        name,
        configNames: [IN_SYNC, CLOCK.name],
      })),
    });
    return topics.map(({ name: topic, partitions }) => {
      const entries = resources.find(({ resourceName }) => resourceName === topic)?.configEntries ?? [];
      const set = (config: string) => entries.find(({ configName }) => configName === config)?.configValue;
      return {
        topic,
        copies: Math.min(...partitions.map(({ replicas }) => replicas.length)),
        inSync: Number(set(IN_SYNC) ?? 1),
        hasBrokerTime: set(CLOCK.name) === CLOCK.value,
      };
    });
  };
  return askOnce(open, WITHIN_MS, 'looking at the topics of Kafka', inspect).catch(() => null);
};
