import { freePort } from '../engines/free-port.js';
import { ownPrefix } from '../engines/describe-with.js';
import { type KafkaEngine } from '../engines/engine.js';
import { type OwnEventStore, startOwnEventStore } from '../engines/own-event-store.js';
import { type OwnKafka, startOwnKafka, startThreeKafkas } from '../engines/own-kafka.js';
import { type OwnRedis, startOwnRedis } from '../engines/own-redis.js';
import { type FaultProxy, startFaultProxy } from '../fault-proxy.js';

/** Kafka, a Redis and an event store. */
export interface EngineSet {
  readonly redis: OwnRedis;
  readonly eventStore: OwnEventStore;
  /** What Doorbuster is told of them. */
  readonly variables: {
    readonly EVENTSTORE_URL: string;
    readonly KAFKA_BROKERS: string;
    readonly REDIS_URL: string;
    readonly NAMESPACE: string;
  };
  readonly stop: () => Promise<void>;
}

/** Each behind a proxy that can take it away. */
export interface ProxiedEngineSet extends EngineSet {
  readonly kafka: OwnKafka;
  readonly toKafka: FaultProxy;
  readonly toRedis: FaultProxy;
  readonly toEventStore: FaultProxy;
  readonly heal: () => Promise<void>;
}

const eventStoreAt = (port: number): string => `esdb://127.0.0.1:${port}?tls=false`;

/** The Kafka of the run, in which this set has a namespace of its own, with a Redis and an event store that nobody else uses. */
export const startEngineSet = async ({ brokers }: KafkaEngine): Promise<EngineSet> => {
  const [redis, eventStore] = await Promise.all([startOwnRedis(), startOwnEventStore()]);
  return {
    redis,
    eventStore,
    variables: {
      EVENTSTORE_URL: eventStoreAt(eventStore.port),
      KAFKA_BROKERS: brokers.join(','),
      REDIS_URL: redis.url,
      NAMESPACE: ownPrefix(),
    },
    stop: async () => void (await Promise.all([redis.stop(), eventStore.stop()])),
  };
};

export interface EngineSetOfThree extends EngineSet {
  readonly brokers: ReadonlyArray<OwnKafka>;
}

/** As a shop runs them that has to go on without one broker. */
export const startThreeBrokers = async (): Promise<EngineSetOfThree> => {
  const [brokers, redis, eventStore] = await Promise.all([startThreeKafkas(), startOwnRedis(), startOwnEventStore()]);
  return {
    ...{ brokers, redis, eventStore },
    variables: {
      EVENTSTORE_URL: eventStoreAt(eventStore.port),
      KAFKA_BROKERS: brokers.flatMap((broker) => broker.brokers).join(','),
      REDIS_URL: redis.url,
      NAMESPACE: '',
    },
    stop: async () => void (await Promise.all([...brokers, redis, eventStore].map(({ stop }) => stop()))),
  };
};

const startKafkaBehindProxy = async () => {
  const port = await freePort();
  const proxy = await startFaultProxy({ port });
  return { proxy, kafka: await startOwnKafka({ port, advertised: proxy.port }) };
};

/** All three for this suite alone; a broker takes some seconds to start. */
export const startProxiedEngineSet = async (): Promise<ProxiedEngineSet> => {
  const [{ kafka, proxy: toKafka }, redis, eventStore] = await Promise.all([
    startKafkaBehindProxy(),
    startOwnRedis(),
    startOwnEventStore(),
  ]);
  const toRedis = await startFaultProxy({ port: redis.port });
  const toEventStore = await startFaultProxy({ port: eventStore.port });
  const proxies = [toKafka, toRedis, toEventStore];
  return {
    ...{ kafka, redis, eventStore, toKafka, toRedis, toEventStore },
    variables: {
      EVENTSTORE_URL: eventStoreAt(toEventStore.port),
      KAFKA_BROKERS: kafka.brokers.join(','),
      REDIS_URL: `redis://127.0.0.1:${toRedis.port}`,
      NAMESPACE: '',
    },
    heal: async () => void (await Promise.all(proxies.map(({ heal }) => heal()))),
    stop: async () => {
      await Promise.all(proxies.map(({ close }) => close()));
      await Promise.all([kafka.stop(), redis.stop(), eventStore.stop()]);
    },
  };
};
