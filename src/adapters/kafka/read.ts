import { taskEither as TE } from 'fp-ts';
import { type LoggedMessage, type MessageLog } from '../../application/ports/message-log.js';
import { type AdminCalls } from './admin.js';
import { toError } from './in-time.js';
import { type KafkaSettings } from './options.js';
import { type PartitionReader } from './partition-reader.js';

const NOT_READ = 'Messages cannot be read from Kafka';
const FETCH_BYTES = 4_194_304;
/** Fetches in a row that bring nothing; a broker waits a little before it answers one. */
const MOST_EMPTY = 20;

/** From `offset`, or from the oldest message still kept, up to what was there when it began. */
export const readPartition =
  (admin: AdminCalls, reader: PartitionReader, { prefix, troubles }: KafkaSettings): MessageLog['read'] =>
  ({ topic, partition, offset }, limit) =>
    TE.tryCatch(
      async () => {
        const all = await admin.call('reading offsets', (kafka) => kafka.fetchTopicOffsets(`${prefix}${topic}`));
        const bounds = all.find((each) => each.partition === partition);
        const head = Number(bounds?.high ?? 0);
        const messages: LoggedMessage[] = [];
        let empty = 0;
        let next = Math.max(offset, Number(bounds?.low ?? 0));
        while (messages.length < limit && next < head) {
          const fetched = await reader.fetch(topic, partition, next, FETCH_BYTES);
          const last = fetched.at(-1);
          // There is more: less than was asked for would look like all there is.
          if (last === undefined && ++empty > MOST_EMPTY)
            throw new Error(`nothing came from offset ${next} of ${head}`);
          if (last === undefined) continue;
          empty = 0;
          messages.push(...fetched.slice(0, limit - messages.length));
          next = last.offset + 1;
        }
        troubles.over(NOT_READ, topic);
        return messages;
      },
      (error) => {
        troubles.met(NOT_READ, topic, { topic, partition, error: toError(error).message });
        return 'LogUnavailable' as const;
      },
    );
