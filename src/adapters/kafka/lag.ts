import { taskEither as TE } from 'fp-ts';
import { type MessageLog, type PartitionLag } from '../../application/ports/message-log.js';
import { type AdminCalls } from './admin.js';
import { toError } from './in-time.js';
import { type KafkaSettings } from './options.js';
import { type PartitionReader } from './partition-reader.js';

const NOT_READ = 'How far consumers are behind cannot be read from Kafka';

/** Per partition in order; a group that never committed will read from the oldest message kept. */
export const lagOf =
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
