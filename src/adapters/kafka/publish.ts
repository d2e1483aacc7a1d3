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

const choosePartition = kafkajs.Partitioners.DefaultPartitioner();

const sizeOf = ({ key, value, headers }: Message): number =>
  Object.entries(headers).reduce(
    (bytes, [name, header]) => bytes + name.length + Buffer.byteLength(header) + 8,
    Buffer.byteLength(value) + Buffer.byteLength(key) + 32,
  );

/**
 * Publishes through one lane per partition, chosen by the key as Java's clients do. At most `maxPending` at a time;
 * fails at once while Kafka is away.
 */
export const publisher = (
  supply: ProducerSupply,
  partitionsOf: (topic: string) => Promise<PartitionMetadata[]>,
  settings: KafkaSettings,
): { readonly publish: MessageLog['publish']; readonly idle: () => Promise<void> } => {
  const known = new Map<string, Lanes>();
  const looked = new Map<string, Promise<Lanes | null>>();
  let pending = 0;
  let idle: Array<() => void> = [];

  const lookUp = async (topic: string): Promise<Lanes | null> => {
    try {
      const partitionMetadata = await partitionsOf(topic);
      const lanes = new Map(
        partitionMetadata.map(({ partitionId }) => [partitionId, publishLane(topic, partitionId, supply, settings)]),
      );
      const found: Lanes = { of: (message) => lanes.get(choosePartition({ topic, partitionMetadata, message })) };
      known.set(topic, found);
      return found;
    } catch {
      return null;
    } finally {
      looked.delete(topic);
    }
  };

  const lanesOf = (topic: string): Promise<Lanes | null> => {
    const looking = looked.get(topic) ?? lookUp(topic);
    if (!known.has(topic)) looked.set(topic, looking);
    return looking;
  };

  const publish =
    (topic: string, message: Message): TE.TaskEither<PublishError, Published> =>
    () =>
      new Promise((resolve) => {
        if (pending >= settings.maxPending) return resolve(E.left('LogOverloaded'));
        pending += 1;
        const answer = (outcome: E.Either<PublishError, Published>) => {
          pending -= 1;
          if (pending === 0) idle.splice(0).forEach((wake) => wake());
          resolve(outcome);
        };
        const enter = (lanes: Lanes | null) => {
          const lane = lanes?.of(message);
          if (lane === undefined) return answer(E.left('PublishFailed'));
          const { key, value, headers } = message;
          lane({ key, value, headers: { ...headers } }, sizeOf(message), answer);
        };
        const lanes = known.get(topic);
        if (lanes !== undefined) return enter(lanes);
        void lanesOf(topic).then(enter);
      });

  return {
    publish,
    idle: () => (pending === 0 ? Promise.resolve() : new Promise<void>((resolve) => (idle = [...idle, resolve]))),
  };
};
