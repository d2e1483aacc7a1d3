import { type RunningServer } from '../../src/infrastructure/start-server.js';
import { type OwnEventStore, startOwnEventStore } from '../support/engines/own-event-store.js';
import { describeWith, ownPrefix } from '../support/engines/describe-with.js';
import { type OwnRedis, startOwnRedis } from '../support/engines/own-redis.js';
import { startInProcess } from '../support/server/in-process-server.js';
import { tempDirs } from '../support/temp-dir.js';
import { couponSaleSuite, type SaleServer } from './coupon-sale.suite.js';

const newDir = tempDirs();

/** One process; what `variables` name on a server, everything else embedded. */
const openWith = async (variables: Readonly<Record<string, string>>): Promise<SaleServer> => {
  const directory = newDir();
  let server: RunningServer = await startInProcess(directory, variables);
  return {
    url: () => server.url,
    metricsAt: () => [server.url],
    restart: async () => {
      await server.stop();
      server = await startInProcess(directory, variables);
    },
    stop: () => server.stop(),
  };
};

describe('with only the events elsewhere', () => {
  let eventStore: OwnEventStore;
  beforeAll(async () => {
    eventStore = await startOwnEventStore();
  });
  afterAll(() => eventStore.stop());
  couponSaleSuite('the stand-in of EventStoreDB', () => openWith({ EVENTSTORE_URL: eventStore.url }));
});

await describeWith('redis', () => {
  let redis: OwnRedis;
  beforeAll(async () => {
    redis = await startOwnRedis();
  });
  afterAll(() => redis.stop());
  couponSaleSuite('Redis', () => openWith({ REDIS_URL: redis.url }));
});

await describeWith('kafka', ({ brokers }) => {
  const variables = { KAFKA_BROKERS: brokers.join(','), NAMESPACE: ownPrefix() };
  couponSaleSuite('Kafka', () => openWith(variables));
});
