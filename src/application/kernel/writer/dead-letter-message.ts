import { either as E, type taskEither as TE } from 'fp-ts';
import { v5 as uuidv5 } from 'uuid';
import { z } from 'zod';
import { type LoggedMessage, type Message, type MessageLog, type PublishError } from '../../ports/message-log.js';
import { type Clock } from '../../ports/clock.js';
import { deadLetterTopic } from '../messaging/topics.js';

/** What stands on a dead-letter topic: a message that could not be handled, whole, and how it failed. */
export const deadLetterMessage = z.object({
  /** The value exactly as it stood in the log; it may be no JSON at all. Empty where it is left out. */
  originalEvent: z.string(),
  key: z.string(),
  headers: z.record(z.string(), z.string()),
  origin: z.object({ topic: z.string(), partition: z.number().int(), offset: z.number().int() }),
  failureReason: z.string(),
  stackTrace: z.string(),
  /** How often it was tried, the first time included. */
  attempts: z.number().int(),
  /** How often it was tried again: `attempts` − 1. */
  retryCount: z.number().int(),
  /** ISO-8601. */
  firstAttemptAt: z.string(),
  /** ISO-8601. */
  lastAttemptAt: z.string(),
});

export type DeadLetterMessage = z.infer<typeof deadLetterMessage>;

export interface Failure {
  /** Whatever was thrown or answered last. */
  readonly error: unknown;
  readonly attempts: number;
  /** Epoch milliseconds. */
  readonly firstAttemptAt: number;
  /** Epoch milliseconds. */
  readonly lastAttemptAt: number;
}

const NAMESPACE = '5b7f0d0e-93a5-5c8e-9d0b-3f1c52b4a6d1';

/** Derived from where the message stood: however often it is set aside, it is one dead letter. */
export const deadLetterId = ({ topic, partition, offset }: DeadLetterMessage['origin']): string =>
  uuidv5(`${topic}/${partition}/${offset}`, NAMESPACE);

/** In characters: more than any message of ours has, and little enough to be recorded. */
const LONGEST = { key: 256, headers: 16_384, value: 200_000 };
export const LONGEST_REASON = 10_000;
/** Every topic takes as much, though each character may cost three bytes. */
const LONGEST_LETTER = 250_000;

type KeyAndHeaders = Pick<Message, 'key' | 'headers'>;

const areHeadersTooLong = ({ headers }: Pick<Message, 'headers'>): boolean => {
  let characters = 0;
  for (const name in headers) characters += name.length + (headers[name]?.length ?? 0);
  return characters > LONGEST.headers;
};

/** Whether a message is certainly none of ours: nothing that it led to could be recorded, and its key may name no stream. */
export const isOversized = (message: Message): boolean =>
  message.key.length > LONGEST.key || message.value.length > LONGEST.value || areHeadersTooLong(message);

/** What can be recorded of a key and of headers, whoever wrote them. */
export const recordable = (message: KeyAndHeaders): KeyAndHeaders => ({
  key: message.key.slice(0, LONGEST.key),
  headers: areHeadersTooLong(message) ? {} : message.headers,
});

const reasonOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));

/** A header of a dead letter without its value, which is too large for it: that stands where it came from. */
export const LEFT_OUT = 'original-left-out';

/** What to publish on `deadLetterTopic(message.topic)` for a message that finally failed. */
export const deadLetterOf = (message: LoggedMessage, failure: Failure): Message => {
  const origin = { topic: message.topic, partition: message.partition, offset: message.offset };
  const { key, headers } = recordable(message);
  const stack = failure.error instanceof Error ? (failure.error.stack ?? '') : '';
  const letter: DeadLetterMessage = {
    originalEvent: message.value,
    key,
    headers,
    origin,
    failureReason: reasonOf(failure.error).slice(0, LONGEST_REASON),
    stackTrace: stack.slice(0, LONGEST_REASON),
    attempts: failure.attempts,
    retryCount: failure.attempts - 1,
    firstAttemptAt: new Date(failure.firstAttemptAt).toISOString(),
    lastAttemptAt: new Date(failure.lastAttemptAt).toISOString(),
  };
  const whole = JSON.stringify(letter);
  const isWhole = whole.length <= LONGEST_LETTER;
  return {
    key,
    value: isWhole ? whole : JSON.stringify({ ...letter, originalEvent: '' }),
    headers: {
      ...headers,
      'event-id': deadLetterId(origin),
      'event-type': 'DEAD_LETTER',
      ...(!isWhole && { [LEFT_OUT]: 'true' }),
    },
  };
};

/** A message that could not be handled, and what was thrown or answered. */
export interface SetAsideMessage {
  readonly message: LoggedMessage;
  readonly error: unknown;
}

export interface SetAsidePorts {
  readonly log: Pick<MessageLog, 'publish'>;
  readonly clock: Clock;
}

/** Puts messages that could not be handled on the dead-letter topic, in order. The same message is the same dead letter. */
export const setAsideMessages =
  ({ log, clock }: SetAsidePorts) =>
  (messages: ReadonlyArray<SetAsideMessage>): TE.TaskEither<PublishError, void> =>
  async () => {
    for (const { message, error } of messages) {
      const now = clock.now();
      const letter = deadLetterOf(message, { error, attempts: 1, firstAttemptAt: now, lastAttemptAt: now });
      const published = await log.publish(deadLetterTopic(message.topic), letter)();
      if (E.isLeft(published)) return published;
    }
    return E.right(undefined);
  };

const REPLAY_OF = 'replay-of';

/** The same message, marked as the replay of a dead letter: its decider may decide anew what could not be decided. */
export const asReplayOf = (deadLetterId: string, message: Message): Message => ({
  ...message,
  headers: { ...message.headers, [REPLAY_OF]: deadLetterId },
});

/** The dead letter a message replays; null for any other message. */
export const replayOf = ({ headers }: Pick<Message, 'headers'>): string | null => headers[REPLAY_OF] ?? null;
