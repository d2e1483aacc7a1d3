import { freePort } from '../engines/free-port.js';
import { type OwnEventStore, startOwnEventStore } from '../engines/own-event-store.js';
import { type OwnKafka, startOwnKafka } from '../engines/own-kafka.js';
import { type OwnRedis, startOwnRedis } from '../engines/own-redis.js';
import { type FaultProxy, startFaultProxy } from '../fault-proxy.js';

/** A Kafka, a Redis and an event store of one's own, each behind a proxy that can take it away. */
export interface EngineSet {
  readonly kafka: OwnKafka;
  readonly redis: OwnRedis;
  readonly eventStore: OwnEventStore;
  readonly toKafka: FaultProxy;
  readonly toRedis: FaultProxy;
  readonly toEventStore: FaultProxy;
  /** What Doorbuster is told of them. */
  readonly variables: {
    readonly EVENTSTORE_URL: string;
    readonly KAFKA_BROKERS: string;
    readonly REDIS_URL: string;
  };
  readonly heal: () => Promise<void>;
  readonly stop: () => Promise<void>;
}

/** Direct: with nothing in the way, for whoever only kills and freezes. */
export type Way = 'proxied' | 'direct';

const startKafkaBehind = async (way: Way) => {
  const port = await freePort();
  const proxy = await startFaultProxy({ port });
  return { proxy, kafka: await startOwnKafka({ port, ...(way === 'proxied' && { advertised: proxy.port }) }) };
};

/** Starts all three; a broker takes some seconds. */
export const startEngineSet = async (way: Way): Promise<EngineSet> => {
  const [{ kafka, proxy: toKafka }, redis, eventStore] = await Promise.all([
    startKafkaBehind(way),
    startOwnRedis(),
    startOwnEventStore(),
  ]);
  const toRedis = await startFaultProxy({ port: redis.port });
  const toEventStore = await startFaultProxy({ port: eventStore.port });
  const [redisPort, eventStorePort] =
    way === 'direct' ? [redis.port, eventStore.port] : [toRedis.port, toEventStore.port];
  const proxies = [toKafka, toRedis, toEventStore];
  return {
    kafka,
    redis,
    eventStore,
    toKafka,
    toRedis,
    toEventStore,
    variables: {
      EVENTSTORE_URL: `esdb://127.0.0.1:${eventStorePort}?tls=false`,
      KAFKA_BROKERS: kafka.brokers.join(','),
      REDIS_URL: `redis://127.0.0.1:${redisPort}`,
    },
    heal: async () => void (await Promise.all(proxies.map(({ heal }) => heal()))),
    stop: async () => {
      await Promise.all(proxies.map(({ close }) => close()));
      await Promise.all([kafka.stop(), redis.stop(), eventStore.stop()]);
    },
  };
};
