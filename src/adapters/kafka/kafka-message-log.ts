import { setTimeout as sleep } from 'node:timers/promises';
import { either as E, taskEither as TE } from 'fp-ts';
import {
  type Consumer,
  type MessageLog,
  type PartitionLag,
  type Subscribe,
} from '../../application/ports/message-log.js';
import { adminCalls, type AdminCalls } from './admin.js';
import { ensureTopics } from './ensure-topics.js';
import { inTime, toError } from './in-time.js';
import { joinGroup, type Membership, NOT_JOINED } from './join-group.js';
import { type KafkaOptions, kafkaSettings, type KafkaSettings } from './options.js';
import { partitionReader, type PartitionReader } from './partition-reader.js';
import { producerSupply } from './producer-supply.js';
import { type PartitionsOf, publisher } from './publish.js';
import { readPartition } from './read.js';

const AGAIN_MS = 500;

/**
 * Consumes until it is told to stop: a membership that the library gives up on (a broker that starts has no group
 * coordinator yet) is replaced by a new one, which goes on at the commits. Rejects when Kafka does not answer at first.
 */
const consume = async (subscription: Subscribe, partitions: number, settings: KafkaSettings): Promise<Consumer> => {
  const { topic, group } = subscription;
  let stopping = false;
  let stop: () => void = () => undefined;
  const stopped = new Promise<null>((resolve) => (stop = () => resolve(null)));

  const joinAgain = async (): Promise<Membership | null> => {
    while (!stopping) {
      await Promise.race([sleep(AGAIN_MS), stopped]);
      if (stopping) break;
      try {
        return await joinGroup(subscription, partitions, settings);
      } catch (error) {
        settings.troubles.met(NOT_JOINED, group, { topic, group, error: toError(error).message });
      }
    }
    return null;
  };

  const keep = async (first: Membership): Promise<void> => {
    for (let membership: Membership | null = first; membership !== null;) {
      const ended = await Promise.race([membership.ended, stopped]);
      if (ended === null) return membership.leave();
      await membership.abandon();
      membership = await joinAgain();
    }
  };

  const kept = keep(await joinGroup(subscription, partitions, settings));
  return {
    stop: async () => {
      stopping = true;
      stop();
      await kept;
    },
  };
};

const NOT_READ = 'How far consumers are behind cannot be read from Kafka';

/** Per partition in order; a group that never committed will read from the oldest message kept. */
const lagOf =
  (admin: AdminCalls, reader: PartitionReader, { prefix, troubles }: KafkaSettings): MessageLog['lag'] =>
  (topic, group) =>
    TE.tryCatch(
      async () => {
        const name = `${prefix}${topic}`;
        const [bounds, groups] = await admin.call('reading lag', (kafka) =>
          Promise.all([
            kafka.fetchTopicOffsets(name),
            kafka.fetchOffsets({ groupId: `${prefix}${group}`, topics: [name] }),
          ]),
        );
        const committed = new Map(
          groups.flatMap(({ partitions }) => partitions.map((each) => [each.partition, Number(each.offset)])),
        );
        const ofPartition = async ({ partition, high, low }: (typeof bounds)[number]): Promise<PartitionLag> => {
          const head = Number(high);
          const next = Math.max(committed.get(partition) ?? -1, Number(low));
          const oldest = next < head ? (await reader.fetch(topic, partition, next, 1))[0] : undefined;
          return { partition, head, committed: next, oldestUnprocessedAt: oldest?.loggedAt ?? null };
        };
        const lags = await Promise.all(bounds.map(ofPartition));
        troubles.over(NOT_READ, group);
        return lags.sort((a, b) => a.partition - b.partition);
      },
      (error) => {
        troubles.met(NOT_READ, group, { topic, group, error: toError(error).message });
        return 'LogUnavailable' as const;
      },
    );

export interface KafkaMessageLog extends MessageLog {
  /** 'down' while no broker takes messages: publishing fails at once. */
  readonly health: () => 'ok' | 'down';
  /** Waits for what is being published, stops every consumer after its batch, and leaves. */
  readonly close: () => Promise<void>;
}

/**
 * A message log on Kafka. Connects in the background and by itself, again and again; until then `health` is 'down'.
 * Whatever it waits for has an end (see KafkaOptions).
 */
export const kafkaMessageLog = (options: KafkaOptions): KafkaMessageLog => {
  const settings = kafkaSettings(options);
  const supply = producerSupply(settings);
  const admin = adminCalls(settings);
  const reader = partitionReader(settings);
  const consumers = new Set<Consumer>();

  const partitionsOf: PartitionsOf = async (wanted) => {
    const { topics } = await admin.call('looking for partitions', (kafka) =>
      kafka.fetchTopicMetadata({ topics: wanted.map((topic) => `${settings.prefix}${topic}`) }),
    );
    return new Map(topics.map(({ name, partitions }) => [name.slice(settings.prefix.length), partitions]));
  };
  const { publish, prepare, idle } = publisher(supply, partitionsOf, settings);

  const subscribe: MessageLog['subscribe'] = (subscription) =>
    TE.tryCatch(
      async () => {
        const partitions = (await partitionsOf([subscription.topic])).get(subscription.topic) ?? [];
        const running = await consume(subscription, partitions.length, settings);
        const consumer: Consumer = {
          stop: async () => {
            consumers.delete(consumer);
            await running.stop();
          },
        };
        consumers.add(consumer);
        return consumer;
      },
      (error) => {
        settings.log.warn(
          { engine: 'kafka', topic: subscription.topic, error: toError(error).message },
          'Not subscribed',
        );
        return 'LogUnavailable' as const;
      },
    );

  return {
    ensureTopics: (topics) => async () => {
      const ensured = await ensureTopics(admin, settings)(topics)();
      if (E.isRight(ensured)) await prepare(topics.map(({ name }) => name));
      return ensured;
    },
    publish,
    subscribe,
    read: readPartition(admin, reader, settings),
    lag: lagOf(admin, reader, settings),
    health: () => (supply.isUp() ? 'ok' : 'down'),
    close: async () => {
      await inTime(idle(), settings.publishTimeoutMs * 2, 'publishing what is left').catch(() => undefined);
      await Promise.all([...consumers].map((consumer) => consumer.stop()));
      await Promise.all([supply.close(), admin.close(), reader.close()]);
    },
  };
};
