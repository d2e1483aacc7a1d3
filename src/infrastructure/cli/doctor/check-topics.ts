import { type TopicCopies } from '../../../adapters/kafka/inspect-topics.js';
import { type Finding, warning } from './finding.js';

const warnings = (topics: ReadonlyArray<TopicCopies>, sentence: (names: string) => string): ReadonlyArray<Finding> =>
  topics.length === 0 ? [] : [warning('kafka', sentence(topics.map(({ topic }) => topic).join(', ')))];

const NOT_READ =
  'Kafka did not say how many copies its topics have: the user may lack the right to describe their configuration';

/** Whether accepted requests survive the loss of a broker. A start creates missing topics and never changes existing ones. */
export const checkTopics = (topics: ReadonlyArray<TopicCopies> | null, replication: number): ReadonlyArray<Finding> => {
  if (topics === null) return [warning('kafka', NOT_READ)];
  return [
    ...warnings(
      topics.filter(({ copies }) => copies < replication),
      (names) =>
        `Topics with fewer copies than KAFKA_REPLICATION=${replication}: ${names}. Add copies with kafka-reassign-partitions.sh`,
    ),
    ...warnings(
      topics.filter(({ copies, inSync }) => copies > 2 && inSync < 2),
      (names) =>
        `Topics that accept a message which only one broker has: ${names}. Set min.insync.replicas=2 with kafka-configs.sh`,
    ),
  ];
};
