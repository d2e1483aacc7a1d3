import { either as E, type taskEither as TE } from 'fp-ts';
import { deadLetterOf } from './dead-letter-message.js';
import { deadLetterTopic } from '../messaging/topics.js';
import { type Clock } from '../../ports/clock.js';
import { type MessageLog, type PublishError } from '../../ports/message-log.js';
import { type SetAsideMessage } from './settle-keyed.js';

export interface SetAsidePorts {
  readonly log: Pick<MessageLog, 'publish'>;
  readonly clock: Clock;
}

/** Puts messages that could not be handled on the dead-letter topic, in order. The same message is the same dead letter. */
export const setAsideMessages =
  ({ log, clock }: SetAsidePorts) =>
  (messages: ReadonlyArray<SetAsideMessage>): TE.TaskEither<PublishError, void> =>
  async () => {
    for (const { message, error, attempts } of messages) {
      const now = clock.now();
      const letter = deadLetterOf(message, { error, attempts, firstAttemptAt: now, lastAttemptAt: now });
      const published = await log.publish(deadLetterTopic(message.topic), letter)();
      if (E.isLeft(published)) return published;
    }
    return E.right(undefined);
  };
