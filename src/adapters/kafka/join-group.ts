import { type Subscribe } from '../../application/ports/message-log.js';
import { kafkaClient, retries } from './client.js';
import { consumerLanes } from './consumer-lanes.js';
import { inTime, toError } from './in-time.js';
import { type KafkaSettings } from './options.js';
import { letGo, watchedSockets } from './sockets.js';
import { toMessage } from './to-message.js';

export interface Membership {
  /** Why the library gave up. Never resolves before. */
  readonly ended: Promise<Error>;
  /** Nothing of it is handled any more, and nothing more is committed. For one that has ended. */
  readonly abandon: () => Promise<void>;
  /** Finishes what is being handled, commits it, and leaves the group. */
  readonly leave: () => Promise<void>;
}

export const NOT_JOINED = 'Waiting for Kafka: a consumer cannot join its group';

const hurried = {
  /** How long an idle fetch waits at the broker: heartbeats come between fetches, and have to be well within a rebalance. */
  fetchWaitMs: 500,
  /**
   * How long a rebalance waits for members that are silent (killed, and started again under another name) before it goes
   * on without them: so long everybody stands still. Who comes later joins again.
   */
  rebalanceTimeoutMs: 800,
};

/** Heartbeats come between fetches, and several of them before a session is over. */
const unhurried = ({ sessionTimeoutMs }: KafkaSettings) => ({
  fetchWaitMs: Math.floor(sessionTimeoutMs / 3),
  rebalanceTimeoutMs: sessionTimeoutMs,
});

/**
 * Joins the group and hands out batches. Offsets are committed by hand, after the handler. Heartbeats go on beside it,
 * whatever a batch takes. The library survives a lost connection by itself; what it gives up on is told by `ended`.
 */
export const joinGroup = async (
  subscription: Subscribe,
  partitions: number,
  settings: KafkaSettings,
): Promise<Membership> => {
  const { topic, group, onAssigned, isInBackground = false } = subscription;
  const { fetchWaitMs, rebalanceTimeoutMs } = isInBackground ? unhurried(settings) : hurried;
  const name = `${settings.prefix}${topic}`;
  let leaving = false;
  let end: (reason: Error) => void = () => undefined;
  const ended = new Promise<Error>((resolve) => (end = resolve));
  const sockets = watchedSockets();
  const consumer = kafkaClient(settings, 5, sockets).consumer({
    groupId: `${settings.prefix}${group}`,
    sessionTimeout: settings.sessionTimeoutMs,
    rebalanceTimeout: rebalanceTimeoutMs,
    // Every member must hear of a rebalance well before the rebalance stops waiting for it.
    heartbeatInterval: Math.floor(Math.min(rebalanceTimeoutMs, settings.sessionTimeoutMs) / 4),
    maxWaitTimeInMs: fetchWaitMs,
    allowAutoTopicCreation: false,
    // The library would restart a consumer that was told to stop while it was failing.
    retry: { ...retries(5), restartOnFailure: async () => !leaving },
  });
  const lanes = consumerLanes(subscription, consumer, settings);

  consumer.on(consumer.events.GROUP_JOIN, ({ payload }) => {
    const assigned = payload.memberAssignment[name] ?? [];
    lanes.rebalanced(assigned);
    settings.troubles.over(NOT_JOINED, group);
    settings.log.info({ engine: 'kafka', topic, group, partitions: assigned }, 'Partitions assigned');
    onAssigned?.(assigned);
  });
  consumer.on(consumer.events.CRASH, ({ payload: { error, restart } }) => {
    if (leaving) return;
    settings.troubles.met(NOT_JOINED, group, { topic, group, error: error.message });
    if (!restart) end(error);
  });

  const disconnect = () => letGo(consumer, sockets, settings.callTimeoutMs);
  try {
    await inTime(consumer.connect(), settings.callTimeoutMs, 'connecting a consumer');
    await inTime(consumer.subscribe({ topic: name, fromBeginning: true }), settings.callTimeoutMs, 'subscribing');
  } catch (error) {
    await disconnect();
    throw error;
  }

  const running = consumer.run({
    autoCommit: false,
    eachBatchAutoResolve: false,
    partitionsConsumedConcurrently: partitions,
    eachBatch: async ({ batch, resolveOffset, commitOffsetsIfNecessary }) => {
      const { partition } = batch;
      const commit = (offset: number) =>
        commitOffsetsIfNecessary({ topics: [{ topic: name, partitions: [{ partition, offset: String(offset) }] }] });
      const lane = lanes.of(partition, commit);
      if (lane === null) return;
      lane.push(batch.messages.map((record) => toMessage(topic, partition, record)));
      resolveOffset(batch.lastOffset());
    },
  });
  running.catch((error: unknown) => end(toError(error)));

  return {
    ended,
    abandon: async () => {
      leaving = true;
      lanes.rebalanced([]);
      await lanes.finish();
      await disconnect();
    },
    leave: async () => {
      leaving = true;
      await lanes.finish();
      // A consumer still joining would go on joining after it was told to leave.
      await inTime(running, settings.callTimeoutMs, 'joining a group').catch(() => undefined);
      await disconnect();
    },
  };
};
