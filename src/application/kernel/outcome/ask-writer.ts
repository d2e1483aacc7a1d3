import { either as E, option as O, type taskEither as TE } from 'fp-ts';
import { type Position } from '../../ports/event-store.js';
import { type Message, type MessageLog } from '../../ports/message-log.js';
import { liveReader } from '../projection/live-reader.js';
import { ALREADY_DONE } from '../writer/rejected-requests.js';
import { awaitOutcome, type AwaitOutcomePorts } from './await-outcome.js';
import { type AnsweringStreams, deciderOutcomes, outcomeId } from './decider-outcomes.js';
import { DONE } from './outcomes.js';

export interface AskWriterPorts extends AwaitOutcomePorts {
  readonly log: Pick<MessageLog, 'publish'>;
}

export interface Asked {
  readonly topic: string;
  /** Keyed by the aggregate it is asked of; says that somebody waits. */
  readonly message: Message;
  readonly answers: AnsweringStreams;
  /** Given out for this very request. */
  readonly requestId: string;
  /** Milliseconds. */
  readonly waitMs: number;
}

export type AskedError =
  /** Decided, and led to nothing. `rejection` is of the aggregate's rule, or UNPROCESSABLE. */
  | { readonly code: 'REJECTED'; readonly rejection: string }
  /** Nothing was asked: try again. */
  | { readonly code: 'OVERLOADED' | 'UNAVAILABLE' }
  /** It is, or may be, in the log, and is not visibly decided yet: repeat it with the same request id. */
  | { readonly code: 'OUTCOME_UNKNOWN'; readonly requestId: string };

/**
 * Asks the writer of an aggregate through its topic, and waits, bounded, for the outcome of this very request. Answers the
 * position from which on every query shows it.
 */
export const askWriter = (ports: AskWriterPorts) => {
  const reader = liveReader(ports.readModels);
  const wait = awaitOutcome(ports);
  return ({ topic, message, answers, requestId, waitMs }: Asked): TE.TaskEither<AskedError, Position> =>
    async () => {
      const published = await ports.log.publish(topic, message)();
      if (E.isLeft(published) && published.left !== 'PublishOutcomeUnknown')
        return E.left({ code: published.left === 'LogOverloaded' ? 'OVERLOADED' : 'UNAVAILABLE' });
      const id = outcomeId(answers, message.key, requestId);
      const read = reader.get(deciderOutcomes, id);
      const seen = await wait({ view: deciderOutcomes.name, id, read, isFinal: O.isSome, waitMs })();
      if (E.isLeft(seen) || O.isNone(seen.right)) return E.left({ code: 'OUTCOME_UNKNOWN', requestId });
      const { result, position } = seen.right.value;
      const isDone = result === DONE || result === ALREADY_DONE;
      return isDone ? E.right(position) : E.left({ code: 'REJECTED', rejection: result });
    };
};
