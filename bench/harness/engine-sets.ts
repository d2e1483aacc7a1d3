import { type OwnKafka, startOwnKafka } from '../../test/support/engines/own-kafka.js';
import { type OwnRedis, startOwnRedis } from '../../test/support/engines/own-redis.js';
import { z } from 'zod';
import { startChild } from './child.js';
import { type Server, startProduct } from './servers.js';

/** What the product can be run on. */
export interface EngineSet {
  readonly label: string;
  readonly isEmbedded: boolean;
  /** Of the command topics. */
  readonly partitions: number;
  /** The environment of a fresh start: nothing is known yet. */
  readonly variables: () => Promise<Readonly<Record<string, string>>>;
  readonly start: (flags?: ReadonlyArray<string>) => Promise<Server>;
  readonly stop: () => Promise<void>;
}

const startedBy = (dist: string, set: Omit<EngineSet, 'start'>): EngineSet => ({
  ...set,
  start: async (flags) => startProduct(dist, await set.variables(), flags),
});

export const embedded = (dist: string, directory: () => string): EngineSet =>
  startedBy(dist, {
    label: 'embedded',
    isEmbedded: true,
    partitions: 3,
    variables: async () => ({ DATA_DIR: directory() }),
    stop: async () => undefined,
  });

const standIn = z.object({ url: z.string() });

/** The settings of a broker in docker-compose.yml; the brokers of the tests send heartbeats more often. */
const AS_DEPLOYED = [
  'broker.heartbeat.interval.ms=2000',
  'broker.session.timeout.ms=9000',
  'metadata.max.idle.interval.ms=5000',
];

/** Real Kafka and Redis, and the stand-in that speaks EventStoreDB's protocol; started when first needed. */
export const distributed = (dist: string, directory: () => string, partitions: number): EngineSet => {
  let servers: Promise<readonly [OwnKafka, OwnRedis]> | undefined;
  const started = () => (servers ??= Promise.all([startOwnKafka({ set: AS_DEPLOYED }), startOwnRedis()]));
  return startedBy(dist, {
    label: `Kafka (${partitions === 1 ? '1 partition' : `${partitions} partitions`}), Redis, EventStoreDB stand-in`,
    isEmbedded: false,
    partitions,
    variables: async () => {
      const [kafka, redis] = await started();
      await redis.flush();
      const events = startChild('bench/work/event-store.ts');
      return {
        KAFKA_BROKERS: kafka.brokers.join(','),
        KAFKA_PARTITIONS: String(partitions),
        REDIS_URL: redis.url,
        EVENTSTORE_URL: standIn.parse(await events.ask({ directory: directory() })).url,
      };
    },
    stop: async () => {
      if (servers === undefined) return;
      const [kafka, redis] = await servers;
      await Promise.all([kafka.stop(), redis.stop()]);
    },
  });
};
