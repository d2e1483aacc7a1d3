import { type LoggedMessage } from '../../../application/ports/message-log.js';
import { decodeChunk } from './chunk.js';
import { type Tables } from './tables.js';

interface Range {
  readonly topic: string;
  readonly partition: number;
  /** Inclusive. */
  readonly from: number;
  /** Exclusive, and the end of a chunk. */
  readonly to: number;
}

/** Messages on disk in order of offset, at most `limit`. Throws when LMDB does. */
export const readChunks = (
  { chunks }: Pick<Tables, 'chunks'>,
  { topic, partition, from, to }: Range,
  limit: number,
): ReadonlyArray<LoggedMessage> => {
  const found: LoggedMessage[] = [];
  const before = { start: [topic, partition, from], end: [topic, partition, -1], reverse: true, limit: 1 };
  const [start = [topic, partition, from]] = chunks.getKeys(before);
  for (const { key, value } of chunks.getRange({ start, end: [topic, partition, to] })) {
    for (const message of decodeChunk(value, topic, partition, key[2])) {
      if (found.length === limit) return found;
      if (message.offset >= from) found.push(message);
    }
  }
  return found;
};

/** The first offset that was not dropped, or null when nothing is there. */
export const oldestOffset = ({ chunks }: Pick<Tables, 'chunks'>, topic: string, partition: number): number | null => {
  const [oldest] = chunks.getKeys({ start: [topic, partition, 0], end: [topic, partition, Infinity], limit: 1 });
  return oldest === undefined ? null : oldest[2];
};
