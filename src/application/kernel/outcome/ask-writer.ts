import { either as E, option as O, type taskEither as TE } from 'fp-ts';
import { type Message, type MessageLog } from '../../ports/message-log.js';
import { notPublished } from '../messaging/not-published.js';
import { awaitOutcome, type AwaitOutcomePorts } from './await-outcome.js';
import { OUTCOMES, type Outcome } from './outcomes.js';

export interface AskWriterPorts extends AwaitOutcomePorts {
  readonly log: Pick<MessageLog, 'publish'>;
}

export interface Asked<Found extends Outcome> {
  readonly topic: string;
  /** Keyed by the aggregate it is asked of. */
  readonly message: Message;
  readonly requestId: string;
  /** The key of the outcome that is waited for. */
  readonly outcomeId: string;
  /** Reads it; none while there is none. */
  readonly read: TE.TaskEither<'ReadModelsUnavailable', O.Option<Found>>;
  /** Milliseconds. */
  readonly waitMs: number;
}

export type NotDecided =
  /** Nothing was asked: try again. */
  | { readonly code: 'OVERLOADED' | 'UNAVAILABLE' }
  /** It is, or may be, in the log, and is not visibly decided yet: repeat it with the same request id. */
  | { readonly code: 'OUTCOME_UNKNOWN'; readonly requestId: string };

/** Asks the writer of an aggregate through its topic, and waits, bounded, for the outcome of this very request. */
export const askWriter = (ports: AskWriterPorts) => {
  const wait = awaitOutcome(ports);
  return <Found extends Outcome>(asked: Asked<Found>): TE.TaskEither<NotDecided, Found> =>
    async () => {
      const { topic, message, requestId, outcomeId: id, read, waitMs } = asked;
      const published = await ports.log.publish(topic, message)();
      if (E.isLeft(published) && published.left !== 'PublishOutcomeUnknown')
        return E.left({ code: notPublished[published.left] });
      const seen = await wait({ view: OUTCOMES, id, read, isFinal: O.isSome, waitMs })();
      return E.isRight(seen) && O.isSome(seen.right)
        ? E.right(seen.right.value)
        : E.left({ code: 'OUTCOME_UNKNOWN', requestId });
    };
};
