import { type TopicCopies } from '../../../adapters/kafka/inspect-topics.js';
import { type Finding, warning } from './finding.js';

const warnings = (topics: ReadonlyArray<TopicCopies>, sentence: (names: string) => string): ReadonlyArray<Finding> =>
  topics.length === 0 ? [] : [warning('kafka', sentence(topics.map(({ topic }) => topic).join(', ')))];

/** Whether what was accepted is still there when a broker is lost for good. Topics of before are not changed at a start. */
export const checkTopics = (topics: ReadonlyArray<TopicCopies>, replication: number): ReadonlyArray<Finding> => [
  ...warnings(
    topics.filter(({ copies }) => copies < replication),
    (names) =>
      `Fewer copies than KAFKA_REPLICATION=${replication} have the topics ${names}: add some with kafka-reassign-partitions.sh`,
  ),
  ...warnings(
    topics.filter(({ copies, inSync }) => copies > 2 && inSync < 2),
    (names) =>
      `What one broker alone has acknowledged is lost with it: set min.insync.replicas=2 with kafka-configs.sh for ${names}`,
  ),
];
