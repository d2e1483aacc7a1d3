import { either as E, type taskEither as TE } from 'fp-ts';
import { deadLetterOf } from './dead-letter-message.js';
import { deadLetterTopic } from '../messaging/topics.js';
import { type Clock } from '../../ports/clock.js';
import { type LoggedMessage, type MessageLog, type PublishError } from '../../ports/message-log.js';

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
