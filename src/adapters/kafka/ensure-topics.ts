import { taskEither as TE } from 'fp-ts';
import { type MessageLog, type Topic } from '../../application/ports/message-log.js';
import { type AdminCalls } from './admin.js';
import { toError } from './in-time.js';
import { type KafkaSettings } from './options.js';

/**
 * How many brokers must have a message before it counts as written. If one were enough, what was accepted could be lost with
 * that broker; if all were needed, nothing could be accepted while one is away.
 */
const inSync = (replication: number): number => (replication > 2 ? 2 : 1);

/**
 * A message has the time at which the broker appended it: one clock for all that a partition holds, however the clocks of those who
 * send differ. Without it a message has the time of its sender.
 */
export const CLOCK = { name: 'message.timestamp.type', value: 'LogAppendTime' } as const;

const NOT_ENSURED = 'The topics of Kafka can be neither found nor created';

/** Creates what is missing, with its partitions, retention and replication, and waits for its leaders. */
export const ensureTopics =
  (admin: AdminCalls, { prefix, replication, troubles }: KafkaSettings): MessageLog['ensureTopics'] =>
  (topics: ReadonlyArray<Topic>) =>
    TE.tryCatch(
      async () => {
        const there = new Set(await admin.call('listing topics', (kafka) => kafka.listTopics()));
        const missing = topics.filter(({ name }) => !there.has(`${prefix}${name}`));
        if (missing.length === 0) return troubles.over(NOT_ENSURED, '');
        // Of two processes that start together one creates; the library takes "already exists" for done.
        await admin.call('creating topics', (kafka) =>
          kafka.createTopics({
            waitForLeaders: true,
            topics: missing.map(({ name, partitions, retentionSeconds }) => ({
              topic: `${prefix}${name}`,
              numPartitions: partitions,
              replicationFactor: replication,
              configEntries: [
                { name: 'retention.ms', value: String(retentionSeconds * 1_000) },
                { name: 'min.insync.replicas', value: String(inSync(replication)) },
                CLOCK,
              ],
            })),
          }),
        );
        troubles.over(NOT_ENSURED, '');
      },
      (error) => {
        troubles.met(NOT_ENSURED, '', { error: toError(error).message });
        return 'LogUnavailable' as const;
      },
    );
