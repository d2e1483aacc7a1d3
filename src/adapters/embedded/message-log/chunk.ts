import { type LoggedMessage, type Message } from '../../../application/ports/message-log.js';

/** A chunk is one record, so that 500 messages of a partition cost one write. */
type Chunk = [loggedAt: number, messages: Array<[key: string, value: string, headers: Record<string, string>]>];

/** More would make reading a single message dear. */
export const MAX_CHUNK = 500;

/** JSON, because it gives back every string as it was: lone surrogates and headers named `__proto__` too. */
export const encodeChunk = (loggedAt: number, messages: ReadonlyArray<Message>): string =>
  JSON.stringify([loggedAt, messages.map(({ key, value, headers }) => [key, value, headers])]);

export const decodeChunk = (
  text: string,
  topic: string,
  partition: number,
  firstOffset: number,
): ReadonlyArray<LoggedMessage> => {
  const [loggedAt, messages]: Chunk = JSON.parse(text);
  return messages.map(([key, value, headers], index) => ({
    topic,
    partition,
    offset: firstOffset + index,
    loggedAt,
    key,
    value,
    headers,
  }));
};

/** Without decoding the rest: it stands first. */
export const loggedAtOf = (text: string): number => Number.parseInt(text.slice(1, 24), 10);
