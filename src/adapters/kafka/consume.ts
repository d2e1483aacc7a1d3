import { type Consumer as KafkaConsumer } from 'kafkajs';
import { type Consumer, type Subscribe } from '../../application/ports/message-log.js';
import { kafkaClient, retries } from './client.js';
import { type ConsumeLane, consumeLane } from './consume-lane.js';
import { inTime, toError } from './in-time.js';
import { type KafkaSettings } from './options.js';
import { toMessage } from './to-message.js';

/** All the consumer's partitions; a rebalance replaces every lane, since fetching begins again at the commits. */
const consumerLanes = (subscription: Subscribe, consumer: KafkaConsumer, settings: KafkaSettings) => {
  const { topic, handle, batchSize = 500 } = subscription;
  const name = `${settings.prefix}${topic}`;
  const lanes = new Map<number, ConsumeLane>();
  const leaving = new Map<number, Promise<void>>();
  let assigned: ReadonlySet<number> = new Set();
  let open = true;

  const lane = (partition: number, commit: (offset: number) => Promise<void>): ConsumeLane => {
    const created = consumeLane(
      {
        topic,
        partition,
        batchSize,
        handle,
        commit,
        pause: () => consumer.pause([{ topic: name, partitions: [partition] }]),
        resume: () => consumer.resume([{ topic: name, partitions: [partition] }]),
        after: leaving.get(partition) ?? Promise.resolve(),
      },
      settings,
    );
    lanes.set(partition, created);
    return created;
  };

  return {
    of: (partition: number, commit: (offset: number) => Promise<void>) =>
      open && assigned.has(partition) ? (lanes.get(partition) ?? lane(partition, commit)) : null,
    rebalanced: (partitions: ReadonlyArray<number>) => {
      assigned = new Set(partitions);
      for (const [partition, revoked] of lanes) {
        revoked.revoke();
        leaving.set(partition, revoked.idle());
        consumer.resume([{ topic: name, partitions: [partition] }]);
      }
      lanes.clear();
    },
    finish: async () => {
      open = false;
      await Promise.all([...[...lanes.values()].map((each) => each.finish()), ...leaving.values()]);
    },
  };
};

/**
 * Joins the group and hands out batches. Offsets are committed by hand, after the handler. Heartbeats go on beside it,
 * whatever a batch takes. A stop for good is told to `onFatal`; everything else the library survives by itself.
 */
export const consume = async (
  subscription: Subscribe,
  partitions: number,
  settings: KafkaSettings,
): Promise<Consumer> => {
  const { topic, group, onAssigned } = subscription;
  const name = `${settings.prefix}${topic}`;
  let stopping = false;
  const consumer = kafkaClient(settings, 5).consumer({
    groupId: `${settings.prefix}${group}`,
    sessionTimeout: settings.sessionTimeoutMs,
    rebalanceTimeout: Math.max(settings.sessionTimeoutMs, 5_000),
    heartbeatInterval: Math.min(1_000, Math.floor(settings.sessionTimeoutMs / 4)),
    maxWaitTimeInMs: settings.fetchWaitMs,
    allowAutoTopicCreation: false,
    // The library would restart a consumer that was told to stop while it was failing.
    retry: { ...retries(5), restartOnFailure: async () => !stopping },
  });
  const lanes = consumerLanes(subscription, consumer, settings);

  consumer.on(consumer.events.GROUP_JOIN, ({ payload }) => {
    const assigned = payload.memberAssignment[name] ?? [];
    lanes.rebalanced(assigned);
    settings.log.info({ engine: 'kafka', topic, group, partitions: assigned }, 'Partitions assigned');
    onAssigned?.(assigned);
  });
  consumer.on(consumer.events.CRASH, ({ payload: { error, restart } }) => {
    settings.log.warn({ engine: 'kafka', topic, group, restart, error: error.message }, 'A consumer stopped');
    if (!restart && !stopping) settings.onFatal(error);
  });

  const disconnect = () =>
    inTime(consumer.disconnect(), settings.callTimeoutMs, 'leaving a group').catch(() => undefined);
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
  running.catch((error: unknown) => {
    if (!stopping) settings.onFatal(toError(error));
  });

  return {
    stop: async () => {
      stopping = true;
      await lanes.finish();
      // A consumer still joining would go on joining after it was told to leave.
      await inTime(running, settings.callTimeoutMs, 'joining a group').catch(() => undefined);
      await disconnect();
    },
  };
};
