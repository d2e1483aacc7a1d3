import { type LoggedMessage } from '../../ports/message-log.js';
import { type DeadLetterRecorded } from './dead-letter-events.js';
import { deadLetterId, deadLetterMessage, type DeadLetterMessage } from '../../kernel/writer/dead-letter-message.js';

/** Well below what one append takes, though every character may cost three bytes. */
const LARGEST = 200_000;
const LONGEST_REASON = 10_000;

const parsed = (value: string): DeadLetterMessage | null => {
  try {
    const letter = deadLetterMessage.safeParse(JSON.parse(value));
    return letter.success ? letter.data : null;
  } catch {
    return null;
  }
};

const unreadable = ({ topic, partition, offset, key, value, headers, loggedAt }: LoggedMessage): DeadLetterMessage => ({
  originalEvent: value,
  key,
  headers,
  origin: { topic, partition, offset },
  failureReason: 'What stands on the dead-letter topic is no dead letter',
  stackTrace: '',
  attempts: 0,
  retryCount: 0,
  firstAttemptAt: new Date(loggedAt).toISOString(),
  lastAttemptAt: new Date(loggedAt).toISOString(),
});

/** What is recorded of a message found on a dead-letter topic, whatever it is. */
export const recordedLetter = (message: LoggedMessage, at: number): DeadLetterRecorded => {
  const readable = parsed(message.value);
  const letter = readable ?? unreadable(message);
  return {
    ...letter,
    type: 'DeadLetterRecorded',
    deadLetterId: deadLetterId(letter.origin),
    originalEvent: letter.originalEvent.length > LARGEST ? null : letter.originalEvent,
    failureReason: letter.failureReason.slice(0, LONGEST_REASON),
    stackTrace: letter.stackTrace.slice(0, LONGEST_REASON),
    firstAttemptAt: Date.parse(letter.firstAttemptAt) || message.loggedAt,
    lastAttemptAt: Date.parse(letter.lastAttemptAt) || message.loggedAt,
    replayable: readable !== null,
    at,
  };
};
