/**
 * node container.mjs kafka|redis|eventstore: starts the server through testcontainers, prints where it is as one line of
 * JSON, and keeps it until this process ends; testcontainers' reaper removes what is left.
 */
import { createServer } from 'node:net';
import { setInterval } from 'node:timers';
import { GenericContainer, Wait } from 'testcontainers';

const freePort = () =>
  new Promise((resolve) => {
    const server = createServer().listen(0, () => {
      const { port } = server.address();
      server.close(() => resolve(port));
    });
  });

const start = {
  // A broker tells its clients where it is, so the port must be known before it starts.
  kafka: async () => {
    const port = await freePort();
    const host = process.env.TESTCONTAINERS_HOST_OVERRIDE ?? '127.0.0.1';
    await new GenericContainer('apache/kafka:3.9.1')
      .withExposedPorts({ container: 9092, host: port })
      .withEnvironment({
        KAFKA_NODE_ID: '1',
        KAFKA_PROCESS_ROLES: 'broker,controller',
        KAFKA_CONTROLLER_QUORUM_VOTERS: '1@localhost:9093',
        KAFKA_LISTENERS: 'PLAINTEXT://:9092,CONTROLLER://:9093',
        KAFKA_ADVERTISED_LISTENERS: `PLAINTEXT://${host}:${port}`,
        KAFKA_CONTROLLER_LISTENER_NAMES: 'CONTROLLER',
        KAFKA_LISTENER_SECURITY_PROTOCOL_MAP: 'CONTROLLER:PLAINTEXT,PLAINTEXT:PLAINTEXT',
        KAFKA_OFFSETS_TOPIC_REPLICATION_FACTOR: '1',
        KAFKA_TRANSACTION_STATE_LOG_REPLICATION_FACTOR: '1',
        KAFKA_TRANSACTION_STATE_LOG_MIN_ISR: '1',
        KAFKA_GROUP_INITIAL_REBALANCE_DELAY_MS: '0',
        KAFKA_GROUP_MIN_SESSION_TIMEOUT_MS: '500',
        KAFKA_AUTO_CREATE_TOPICS_ENABLE: 'false',
      })
      .withWaitStrategy(Wait.forLogMessage(/Kafka Server started/))
      .start();
    return { brokers: [`${host}:${port}`] };
  },
  redis: async () => {
    const redis = await new GenericContainer('redis:7').withExposedPorts(6379).start();
    return { url: `redis://${redis.getHost()}:${redis.getMappedPort(6379)}` };
  },
  eventstore: async () => {
    const store = await new GenericContainer('eventstore/eventstore:24.6.0-jammy')
      .withExposedPorts(2113)
      .withCommand(['--insecure', '--run-projections=None', '--mem-db'])
      .withWaitStrategy(Wait.forHttp('/health/live', 2113).forStatusCode(204))
      .start();
    return { url: `esdb://${store.getHost()}:${store.getMappedPort(2113)}?tls=false` };
  },
};

console.log(JSON.stringify(await start[process.argv[2]]()));
setInterval(() => undefined, 60_000);
