import { type OwnKafka, startOwnKafka } from '../../test/support/engines/own-kafka.js';
import { type OwnRedis, startOwnRedis } from '../../test/support/engines/own-redis.js';
import { randomBytes } from 'node:crypto';
import { z } from 'zod';
import { deleteStreams } from '../../test/support/engines/delete-streams.js';
import { startChild } from './child.js';
import { type NamedEventStore } from './named-event-store.js';
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

/**
 * Real Kafka and Redis, started when first needed; and the server that is named or, where none is, the stand-in that speaks
 * EventStoreDB's protocol. What a run leaves on a server that is named is deleted when it stops.
 */
export const distributed = (
  dist: string,
  directory: () => string,
  partitions: number,
  named: NamedEventStore | null = null,
): EngineSet => {
  const namespaces: string[] = [];
  const eventStore = async (): Promise<Readonly<Record<string, string>>> => {
    if (named !== null) {
      const namespace = `bench-${randomBytes(6).toString('hex')}`;
      namespaces.push(namespace);
      // A shop of its own among whatever the server holds.
      return { EVENTSTORE_URL: named.url, NAMESPACE: namespace, NEW_NAMESPACE: namespace };
    }
    const events = startChild('bench/work/event-store.ts');
    return { EVENTSTORE_URL: standIn.parse(await events.ask({ directory: directory() })).url };
  };
  let servers: Promise<readonly [OwnKafka, OwnRedis]> | undefined;
  const started = () => (servers ??= Promise.all([startOwnKafka({ set: AS_DEPLOYED }), startOwnRedis()]));
  return startedBy(dist, {
    label: `Kafka (${partitions === 1 ? '1 partition' : `${partitions} partitions`}), Redis, EventStoreDB ${named?.version ?? 'stand-in'}`,
    isEmbedded: false,
    partitions,
    variables: async () => {
      const [kafka, redis] = await started();
      await redis.flush();
      return {
        KAFKA_BROKERS: kafka.brokers.join(','),
        KAFKA_PARTITIONS: String(partitions),
        REDIS_URL: redis.url,
        ...(await eventStore()),
      };
    },
    stop: async () => {
      if (named !== null) for (const namespace of namespaces.splice(0)) await deleteStreams(named.url, `${namespace}.`);
      if (servers === undefined) return;
      const [kafka, redis] = await servers;
      await Promise.all([kafka.stop(), redis.stop()]);
    },
  });
};
