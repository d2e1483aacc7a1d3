import { either as E, type taskEither as TE } from 'fp-ts';
import { type Position } from '../../ports/event-store.js';
import { liveReader } from '../projection/live-reader.js';
import { ALREADY_DONE } from '../writer/rejected-requests.js';
import { type Asked, askWriter, type AskWriterPorts, type NotDecided } from './ask-writer.js';
import { type AnsweringStreams, deciderOutcomes, outcomeId } from './decider-outcomes.js';
import { DONE, type Outcome } from './outcomes.js';

export interface AskedOfDecider extends Omit<Asked<Outcome>, 'outcomeId' | 'read'> {
  readonly answers: AnsweringStreams;
}

export type AskedError =
  /** Decided, without an event. `rejection` is one of the aggregate's, or UNPROCESSABLE. */
  { readonly code: 'REJECTED'; readonly rejection: string } | NotDecided;

/**
 * The same where the writer is a `deciderWriting`. The message says that somebody waits, and its request id was given out for
 * this very request. Answers the position from which on every query shows what it led to.
 */
export const askDecider = (ports: AskWriterPorts) => {
  const ask = askWriter(ports);
  const reader = liveReader(ports.readModels);
  return ({ answers, ...asked }: AskedOfDecider): TE.TaskEither<AskedError, Position> =>
    async () => {
      const id = outcomeId(answers, asked.message.key, asked.requestId);
      const outcome = await ask({ ...asked, outcomeId: id, read: reader.get(deciderOutcomes, id) })();
      if (E.isLeft(outcome)) return outcome;
      const { result, position } = outcome.right;
      const isDone = result === DONE || result === ALREADY_DONE;
      return isDone ? E.right(position) : E.left({ code: 'REJECTED', rejection: result });
    };
};
