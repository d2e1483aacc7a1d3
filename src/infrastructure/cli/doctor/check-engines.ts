import { either as E } from 'fp-ts';
import { type InspectedTopic } from '../../../adapters/kafka/inspect-topics.js';
import { topics } from '../../../application/kernel/messaging/topics.js';
import { type Clock } from '../../../application/ports/clock.js';
import { type Config } from '../../config/load-config.js';
import { quietly } from '../history/engines.js';
import { type Finding, ok, warning, wrong } from './finding.js';

const warnings = (
  topics: ReadonlyArray<InspectedTopic>,
  sentence: (names: string) => string,
): ReadonlyArray<Finding> =>
  topics.length === 0 ? [] : [warning('kafka', sentence(topics.map(({ topic }) => topic).join(', ')))];

const NOT_READ =
  'Kafka did not say how its topics are set: the user may lack the right to describe their configuration';

/** Whether accepted requests survive the loss of a broker, and have the broker's time. A start creates missing topics and never changes existing ones. */
export const checkTopics = (
  topics: ReadonlyArray<InspectedTopic> | null,
  replication: number,
): ReadonlyArray<Finding> => {
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
    ...warnings(
      topics.filter(({ hasBrokerTime }) => !hasBrokerTime),
      (names) =>
        `Topics whose messages have the time of their sender, on whose clock admissions a second then depend: ${names}. Set message.timestamp.type=LogAppendTime with kafka-configs.sh`,
    ),
  ];
};

/** Tokens, holds and openings are reckoned in seconds. */
const MOST_APART_MS = 2_000;

/** Whether another's clock agrees with that of this machine. */
export const checkClock = (whose: string, theirs: number, ours: number): Finding => {
  const apart = Math.round((theirs - ours) / 1_000);
  return Math.abs(theirs - ours) > MOST_APART_MS
    ? wrong(
        'clocks',
        `The clock of ${whose} is ${Math.abs(apart)} s ${apart > 0 ? 'ahead of' : 'behind'} ours: let both follow NTP`,
      )
    : ok('clocks', `The clock of ${whose} agrees with ours`);
};

const checkRedis = async (url: string, config: Config, clock: Pick<Clock, 'now'>): Promise<ReadonlyArray<Finding>> => {
  const { redisAccess } = await import('../../engines/redis-state.js');
  const { inspectServer } = await import('../../../adapters/redis/index.js');
  const access = redisAccess(url, config);
  if (E.isLeft(access)) return [wrong('redis', access.left)];
  const facts: Finding[] = [];
  const inspected = await inspectServer(access.right, ({ version, persists, now }) => {
    facts.push(ok('redis', `Redis ${version} answers`), checkClock('Redis', now, clock.now()));
    if (persists === false)
      facts.push(
        warning(
          'redis',
          'Redis keeps nothing on disk: after its restart, idempotency keys and tickets are lost; turn on appendonly',
        ),
      );
  });
  const faults = E.isLeft(inspected) ? [inspected.left] : inspected.right.warnings;
  return [...facts, ...faults.map((fault) => wrong('redis', fault))];
};

const OLDEST_KAFKA = 3;

export const isTooOld = (release: string): boolean => Number.parseInt(release, 10) < OLDEST_KAFKA;

const checkKafka = async (brokers: ReadonlyArray<string>, config: Config): Promise<ReadonlyArray<Finding>> => {
  const { kafkaOptions } = await import('../../engines/kafka-log.js');
  const { findKafkaFault } = await import('../../../adapters/kafka/find-fault.js');
  const { inspectBrokers } = await import('../../../adapters/kafka/inspect-brokers.js');
  const { inspectTopics } = await import('../../../adapters/kafka/inspect-topics.js');
  const options = kafkaOptions(brokers, quietly(config));
  if (E.isLeft(options)) return [wrong('kafka', options.left)];
  const fault = await findKafkaFault(options.right);
  if (E.isLeft(fault)) return [wrong('kafka', fault.left)];
  const found = await inspectBrokers(options.right);
  if (found === null)
    return [wrong('kafka', `No broker of KAFKA_BROKERS=${brokers.join(',')} answers: start Kafka, or name others`)];
  const { count, release } = found;
  const names = topics(config.KAFKA_PARTITIONS).map(({ name }) => name);
  const copies = await inspectTopics(options.right, names);
  const brokersOf = count === 1 ? 'one broker' : `${count} brokers`;
  return [
    count < config.KAFKA_REPLICATION
      ? wrong('kafka', `Kafka has ${brokersOf}, fewer than KAFKA_REPLICATION=${config.KAFKA_REPLICATION}: lower it`)
      : ok('kafka', `Kafka answers: ${brokersOf}${release === null ? '' : `, ${release} or newer`}`),
    ...(release !== null && isTooOld(release)
      ? [warning('kafka', `Kafka ${release} is no longer maintained: upgrade it to ${OLDEST_KAFKA} or newer`)]
      : []),
    ...checkTopics(copies, Math.min(count, config.KAFKA_REPLICATION)),
  ];
};

const checkEventStore = async (connectionString: string, config: Config): Promise<ReadonlyArray<Finding>> => {
  const { openEventStoreDb } = await import('../../../adapters/eventstoredb/open-event-store-db.js');
  const { entryOf, namespaceOf } = await import('../../engines/namespace.js');
  const { findFault, shops, version, close } = openEventStoreDb({
    connectionString,
    namespace: namespaceOf(config),
    onNews: () => undefined,
  });
  try {
    const fault = await findFault();
    if (fault !== null) return [wrong('eventstoredb', fault.sentence)];
    const there = await shops();
    const entry = E.isLeft(there) ? there : entryOf(config, there.right);
    if (E.isLeft(entry)) return [wrong('eventstoredb', entry.left)];
    const release = await version();
    return [ok('eventstoredb', release === null ? 'EventStoreDB answers' : `EventStoreDB ${release} answers`)];
  } finally {
    await close();
  }
};

/** The servers that are configured: whether they answer, may be used, and are as they should be. */
export const checkEngines = async (config: Config, clock: Pick<Clock, 'now'>): Promise<ReadonlyArray<Finding>> => {
  const { EVENTSTORE_URL, KAFKA_BROKERS, REDIS_URL } = config;
  const findings = await Promise.all([
    EVENTSTORE_URL === undefined
      ? [ok('eventstoredb', 'not configured: events are kept in the data directory')]
      : checkEventStore(EVENTSTORE_URL, config),
    KAFKA_BROKERS === undefined
      ? [ok('kafka', 'not configured: messages are kept in the data directory')]
      : checkKafka(KAFKA_BROKERS, config),
    REDIS_URL === undefined
      ? [ok('redis', 'not configured: views are kept in the data directory')]
      : checkRedis(REDIS_URL, config, clock),
  ]);
  return findings.flat();
};
