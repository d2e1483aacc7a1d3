import { type Consumer as KafkaConsumer } from 'kafkajs';
import { type Subscribe } from '../../application/ports/message-log.js';
import { type ConsumeLane, consumeLane } from './consume-lane.js';
import { type KafkaSettings } from './options.js';

export interface ConsumerLanes {
  /** None for a partition that is not this consumer's. */
  readonly of: (partition: number, commit: (offset: number) => Promise<void>) => ConsumeLane | null;
  readonly rebalanced: (partitions: ReadonlyArray<number>) => void;
  /** Nothing more is handled; what is being handled is still committed. */
  readonly finish: () => Promise<void>;
}

/** One that the library has stopped refuses: it has nothing to pause or to resume any more. */
const ifRunning = (act: () => void): void => {
  try {
    act();
  } catch {
    // Its lanes are given up, or its successor's are fetched from the commits.
  }
};

/** All the consumer's partitions; a rebalance replaces every lane, since fetching begins again at the commits. */
export const consumerLanes = (
  subscription: Subscribe,
  consumer: Pick<KafkaConsumer, 'pause' | 'resume'>,
  settings: KafkaSettings,
): ConsumerLanes => {
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
        pause: () => ifRunning(() => consumer.pause([{ topic: name, partitions: [partition] }])),
        resume: () => ifRunning(() => consumer.resume([{ topic: name, partitions: [partition] }])),
        after: leaving.get(partition) ?? Promise.resolve(),
      },
      settings,
    );
    lanes.set(partition, created);
    return created;
  };

  return {
    of: (partition, commit) =>
      open && assigned.has(partition) ? (lanes.get(partition) ?? lane(partition, commit)) : null,
    rebalanced: (partitions) => {
      assigned = new Set(partitions);
      for (const [partition, revoked] of lanes) {
        revoked.revoke();
        leaving.set(partition, revoked.idle());
        if (open) ifRunning(() => consumer.resume([{ topic: name, partitions: [partition] }]));
      }
      lanes.clear();
    },
    finish: async () => {
      open = false;
      // What nobody takes would be fetched again and again, as fast as the broker answers.
      ifRunning(() => consumer.pause([{ topic: name }]));
      await Promise.all([...[...lanes.values()].map((each) => each.finish()), ...leaving.values()]);
    },
  };
};
