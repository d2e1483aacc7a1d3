import kafkajs, { type Kafka, type logCreator, type RetryOptions } from 'kafkajs';
import Cluster from 'kafkajs/src/cluster/index.js';
import { joinBetweenFetches } from './join-between-fetches.js';
import { type KafkaSettings } from './options.js';
import { quietRequestQueues } from './quiet-request-queue.js';
import { type Sockets } from './sockets.js';
import Connection from 'kafkajs/src/network/connection.js';

let isOnce = false;

/**
 * Two requests at once on a connection that is not open make the library connect twice. It forgets the first
 * socket, which stays open and keeps a command from ending. Here the second request waits for the socket of the first.
 */
const connectOnce = (): void => {
  if (isOnce) return;
  isOnce = true;
  const connect = Connection.prototype.connect;
  const connecting = new WeakMap<Connection, Promise<true>>();
  Connection.prototype.connect = function (this: Connection): Promise<true> {
    const underWay = connecting.get(this);
    if (underWay !== undefined) return underWay;
    const begun = connect.call(this).finally(() => connecting.delete(this));
    connecting.set(this, begun);
    return begun;
  };
};

/** How the library repeats a call. Always given: under NODE_ENV=test it would use other defaults. */
export const retries = (times: number): RetryOptions => ({
  retries: times,
  initialRetryTime: 50,
  maxRetryTime: 1_000,
  factor: 0.2,
  multiplier: 2,
});

/** The library logs every rebalance and lost connection as an error, but these are normal here. Callers get real causes as errors. */
const logTo =
  ({ log }: KafkaSettings): logCreator =>
  () =>
  ({ namespace, log: { message, stack: _stack, timestamp: _timestamp, logger: _logger, ...fields } }) =>
    log.debug({ engine: 'kafka', part: namespace, ...fields }, message);

export const kafkaClient = (settings: KafkaSettings, times: number, { factory }: Sockets): Kafka => {
  quietRequestQueues();
  connectOnce();
  joinBetweenFetches();
  return new kafkajs.Kafka({
    brokers: settings.nextBrokers(),
    clientId: settings.clientId,
    ...settings.security,
    connectionTimeout: settings.callTimeoutMs,
    authenticationTimeout: settings.callTimeoutMs,
    requestTimeout: Math.min(settings.callTimeoutMs, settings.publishTimeoutMs),
    enforceRequestTimeout: true,
    retry: retries(times),
    logCreator: logTo(settings),
    socketFactory: factory,
  });
};

export const READ_COMMITTED = 1;

/** The brokers themselves, for what the library does not export. */
export const kafkaCluster = (settings: KafkaSettings, times: number, sockets: Sockets): Cluster =>
  new Cluster({
    logger: kafkaClient(settings, times, sockets).logger(),
    brokers: settings.nextBrokers(),
    clientId: settings.clientId,
    ...settings.security,
    socketFactory: sockets.factory,
    connectionTimeout: settings.callTimeoutMs,
    authenticationTimeout: settings.callTimeoutMs,
    requestTimeout: settings.callTimeoutMs,
    enforceRequestTimeout: true,
    metadataMaxAge: 60_000,
    retry: retries(times),
    allowAutoTopicCreation: false,
    maxInFlightRequests: null,
    isolationLevel: READ_COMMITTED,
  });
