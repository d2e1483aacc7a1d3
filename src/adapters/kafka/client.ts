import kafkajs, { type Kafka, type logCreator, type RetryOptions } from 'kafkajs';
import Cluster from 'kafkajs/src/cluster/index.js';
import ConsumerGroup from 'kafkajs/src/consumer/consumerGroup.js';
import Connection from 'kafkajs/src/network/connection.js';
import RequestQueue from 'kafkajs/src/network/requestQueue/index.js';
import { setTimeout as sleep } from 'node:timers/promises';
import { type KafkaSettings } from './options.js';
import { type Sockets } from './sockets.js';

let isQuiet = false;

/** Gives up each request that has waited too long; answers when to look again, in milliseconds. */
const giveUpLate = ({ inflight, requestTimeout }: RequestQueue): number => {
  // No request has a shorter limit: one that is sent meanwhile is looked at in time too.
  let soonest = requestTimeout;
  // eslint-disable-next-line no-restricted-syntax -- the library notes moments of the calendar
  const now = Date.now();
  for (const request of [...inflight.values()]) {
    const left = request.sentAt + request.requestTimeout - now;
    if (left < 0) request.timeoutRequest();
    else soonest = Math.min(soonest, left + 1);
  }
  return soonest;
};

/**
 * The library looks for requests that wait on each connection a thousand times a second, also when none does: it sets
 * a timer to a moment long past, again and again. Here it does so only while one waits; who comes later is looked at
 * when it comes. For requests without an answer it looks ten times a second; here when the next of them would be late.
 */
const quietRequestQueues = (): void => {
  if (isQuiet) return;
  isQuiet = true;
  const look = RequestQueue.prototype.scheduleCheckPendingRequests;
  RequestQueue.prototype.scheduleCheckPendingRequests = function (this: RequestQueue): void {
    if (this.pending.length > 0) look.call(this);
  };
  RequestQueue.prototype.scheduleRequestTimeoutCheck = function (this: RequestQueue): void {
    this.destroy();
    const watch = (): void => {
      if (!this.isConnected()) return;
      this.requestTimeoutIntervalId = setTimeout(watch, giveUpLate(this)).unref();
    };
    watch();
  };
};

/** A partition has another leader than the one that was asked, or none yet. */
const ANOTHER_LEADER: ReadonlySet<string | undefined> = new Set([
  'LEADER_NOT_AVAILABLE',
  'NOT_LEADER_FOR_PARTITION',
  'FENCED_LEADER_EPOCH',
  'UNKNOWN_LEADER_EPOCH',
  'UNKNOWN_TOPIC_OR_PARTITION',
]);

/** Brokers hear of a new leader one after another: meanwhile, asking again at once gets the same refusal. */
const PAUSE_MS = 50;

/** Tells the library to stop all fetches first, and to join the group again then. */
class JoinAgain extends Error {
  readonly type = 'REBALANCE_IN_PROGRESS';
}

let isPatched = false;

/**
 * The library fetches from every broker on its own. When one of these fetches failed since a partition had another leader
 * or a topic more partitions, it joined the group again while the others were under way. A join empties the lanes and starts
 * from the commits, but what another fetch had asked for before then still arrived, and was handled and committed: all
 * between the commit and its first message was skipped. Here no join happens while a fetch is under way. Another leader
 * takes no join at all: each fetch looks up which partitions its broker leads.
 */
const joinBetweenFetches = (): void => {
  if (isPatched) return;
  isPatched = true;
  const recover = ConsumerGroup.prototype.recoverFromFetch;
  ConsumerGroup.prototype.recoverFromFetch = async function (this: ConsumerGroup, error): Promise<void> {
    if (error.name === 'KafkaJSStaleTopicMetadataAssignment') throw new JoinAgain(error.message);
    if (!ANOTHER_LEADER.has(error.type) && error.name !== 'KafkaJSTopicMetadataNotLoaded')
      return recover.call(this, error);
    await this.cluster.refreshMetadata();
    await sleep(PAUSE_MS);
  };
};

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

/** So the library says that what a consumer was to read next is not there: retention was shorter than it was behind. */
const OUT_OF_RANGE = 'Offset out of range, resetting to default offset';
const DROPPED =
  'A consumer goes on at the oldest message that Kafka has: those before were dropped before they were read';

/** The library logs every rebalance and lost connection as an error, but these are normal here. Callers get real causes as errors. */
const logTo =
  ({ log }: KafkaSettings): logCreator =>
  () =>
  ({ namespace, log: { message, stack: _stack, timestamp: _timestamp, logger: _logger, ...fields } }) =>
    message === OUT_OF_RANGE
      ? log.error({ engine: 'kafka', ...fields }, DROPPED)
      : log.debug({ engine: 'kafka', part: namespace, ...fields }, message);

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
