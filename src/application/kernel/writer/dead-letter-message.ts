import { v5 as uuidv5 } from 'uuid';
import { z } from 'zod';
import { type LoggedMessage, type Message } from '../../ports/message-log.js';

/** What stands on a dead-letter topic: a message that could not be handled, whole, and how it failed. */
export const deadLetterMessage = z.object({
  /** The value exactly as it stood in the log; it may be no JSON at all. */
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

const reasonOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));

/** What to publish on `deadLetterTopic(message.topic)` for a message that finally failed. */
export const deadLetterOf = (message: LoggedMessage, failure: Failure): Message => {
  const origin = { topic: message.topic, partition: message.partition, offset: message.offset };
  const letter: DeadLetterMessage = {
    originalEvent: message.value,
    key: message.key,
    headers: message.headers,
    origin,
    failureReason: reasonOf(failure.error),
    stackTrace: failure.error instanceof Error ? (failure.error.stack ?? '') : '',
    attempts: failure.attempts,
    retryCount: failure.attempts - 1,
    firstAttemptAt: new Date(failure.firstAttemptAt).toISOString(),
    lastAttemptAt: new Date(failure.lastAttemptAt).toISOString(),
  };
  return {
    key: message.key,
    value: JSON.stringify(letter),
    headers: { ...message.headers, 'event-id': deadLetterId(origin), 'event-type': 'DEAD_LETTER' },
  };
};
