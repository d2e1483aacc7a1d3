import { z } from 'zod';
import { type EventOf } from '../../kernel/events/event-schemas.js';

/** Times are epoch milliseconds. */
export const deadLetterRecorded = z.object({
  deadLetterId: z.string(),
  /** Null where it is too large to be an event: then it has to be looked up where it came from. */
  originalEvent: z.string().nullable(),
  firstAttemptAt: z.number(),
  lastAttemptAt: z.number(),
  /** False: what stood on the dead-letter topic was no dead letter, and nobody knows where it belongs. */
  replayable: z.boolean(),
  at: z.number(),
  key: z.string(),
  headers: z.record(z.string(), z.string()),
  origin: z.object({ topic: z.string(), partition: z.number(), offset: z.number() }),
  failureReason: z.string(),
  stackTrace: z.string(),
  attempts: z.number(),
  retryCount: z.number(),
});

/** What an operator did with one, and why. */
export const byOperator = z.object({ deadLetterId: z.string(), actor: z.string(), reason: z.string(), at: z.number() });
type ByOperator = Readonly<z.infer<typeof byOperator>>;

export type DeadLetterRecorded = EventOf<'DeadLetterRecorded', typeof deadLetterRecorded>;

/** Published once more, as it was, where it came from. */
export type DeadLetterReplayed = ByOperator & { readonly type: 'DeadLetterReplayed' };

export type DeadLetterDiscarded = ByOperator & { readonly type: 'DeadLetterDiscarded' };

export type DeadLetterEvent = DeadLetterRecorded | DeadLetterReplayed | DeadLetterDiscarded;

export const DEAD_LETTER_STREAMS = 'deadLetter-';
export const deadLetterStream = (id: string): string => `${DEAD_LETTER_STREAMS}${id}`;
