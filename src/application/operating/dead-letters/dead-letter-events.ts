import { type DeadLetterMessage } from '../../kernel/writer/dead-letter-message.js';

/** Times are epoch milliseconds. */
export interface DeadLetterRecorded extends Omit<
  DeadLetterMessage,
  'originalEvent' | 'firstAttemptAt' | 'lastAttemptAt'
> {
  readonly type: 'DeadLetterRecorded';
  readonly deadLetterId: string;
  /** Null where it is too large to be an event: then it has to be looked up where it came from. */
  readonly originalEvent: string | null;
  readonly firstAttemptAt: number;
  readonly lastAttemptAt: number;
  /** False: what stood on the dead-letter topic was no dead letter, and nobody knows where it belongs. */
  readonly replayable: boolean;
  readonly at: number;
}

interface ByOperator {
  readonly deadLetterId: string;
  readonly actor: string;
  readonly reason: string;
  readonly at: number;
}

/** Published once more, as it was, where it came from. */
export interface DeadLetterReplayed extends ByOperator {
  readonly type: 'DeadLetterReplayed';
}

export interface DeadLetterDiscarded extends ByOperator {
  readonly type: 'DeadLetterDiscarded';
}

export type DeadLetterEvent = DeadLetterRecorded | DeadLetterReplayed | DeadLetterDiscarded;

export const DEAD_LETTER_STREAMS = 'deadLetter-';
export const deadLetterStream = (id: string): string => `${DEAD_LETTER_STREAMS}${id}`;
