import { either as E, type taskEither as TE } from 'fp-ts';
import kafkajs, { type PartitionMetadata } from 'kafkajs';
import {
  type Message,
  type MessageLog,
  type PublishError,
  type Published,
} from '../../application/ports/message-log.js';
import { type KafkaSettings } from './options.js';
import { type ProducerSupply } from './producer-supply.js';
import { type PublishLane, publishLane } from './publish-lane.js';

interface Lanes {
  readonly of: (message: Message) => PublishLane | undefined;
}

export type PartitionsOf = (topics: ReadonlyArray<string>) => Promise<ReadonlyMap<string, PartitionMetadata[]>>;

export interface Publisher {
  readonly publish: MessageLog['publish'];
  /** Looks the topics up, so that the first message to each does not wait for it. Never fails. */
  readonly prepare: (topics: ReadonlyArray<string>) => Promise<void>;
  /** Resolves when nothing is being published. */
  readonly idle: () => Promise<void>;
}

const choosePartition = kafkajs.Partitioners.DefaultPartitioner();

const sizeOf = ({ key, value, headers }: Message): number =>
  Object.entries(headers).reduce(
    (bytes, [name, header]) => bytes + name.length + Buffer.byteLength(header) + 8,
    Buffer.byteLength(value) + Buffer.byteLength(key) + 32,
  );

/**
 * Publishes through one lane per partition, chosen by the key as Java's clients do. Fails at once while
 * Kafka is away.
 */
export const publisher = (supply: ProducerSupply, partitionsOf: PartitionsOf, settings: KafkaSettings): Publisher => {
  const known = new Map<string, Lanes>();
  const looked = new Map<string, Promise<void>>();
  let pending = 0;
  let idle: Array<() => void> = [];

  const lanesIn = (topic: string, partitionMetadata: PartitionMetadata[]): Lanes => {
    const lanes = new Map(
      partitionMetadata.map(({ partitionId }) => [partitionId, publishLane(topic, partitionId, supply, settings)]),
    );
    return { of: (message) => lanes.get(choosePartition({ topic, partitionMetadata, message })) };
  };

  const lookUp = async (topics: ReadonlyArray<string>): Promise<void> => {
    // To the broker, none means all there are.
    if (topics.length === 0) return;
    try {
      for (const [topic, partitions] of await partitionsOf(topics))
        if (!known.has(topic)) known.set(topic, lanesIn(topic, partitions));
    } catch {
      // Those who wait for it find nothing known.
    }
  };

  const lanesOf = async (topic: string): Promise<Lanes | undefined> => {
    const looking = looked.get(topic) ?? lookUp([topic]).finally(() => looked.delete(topic));
    looked.set(topic, looking);
    await looking;
    return known.get(topic);
  };

  const publish =
    (topic: string, message: Message): TE.TaskEither<PublishError, Published> =>
    () =>
      new Promise((resolve) => {
        pending += 1;
        const answer = (outcome: E.Either<PublishError, Published>) => {
          pending -= 1;
          if (pending === 0) idle.splice(0).forEach((wake) => wake());
          resolve(outcome);
        };
        const enter = (lanes: Lanes | undefined) => {
          const lane = lanes?.of(message);
          if (lane === undefined) return answer(E.left('PublishFailed'));
          lane(message, sizeOf(message), answer);
        };
        const lanes = known.get(topic);
        if (lanes !== undefined) return enter(lanes);
        void lanesOf(topic).then(enter);
      });

  return {
    publish,
    prepare: (topics) => lookUp(topics.filter((topic) => !known.has(topic))),
    idle: () => (pending === 0 ? Promise.resolve() : new Promise<void>((resolve) => (idle = [...idle, resolve]))),
  };
};
