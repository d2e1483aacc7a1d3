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
  /** Keyed by the aggregate it is asked of. */
  readonly message: Message;
  readonly answers: AnsweringStreams;
  readonly requestId: string;
  readonly waitMs: number;
}

/** Asked of a writer whose own view shows what was carried out. */
export interface AskedInView<A> extends Asked {
  /** The document that shows that it was carried out. */
  readonly view: string;
  readonly id: string;
  /** None until it was. */
  readonly read: TE.TaskEither<'ReadModelsUnavailable', O.Option<A>>;
}

export type AskedError =
  /** Decided, and led to nothing. `rejection` is of the aggregate's rule, or UNPROCESSABLE. */
  | { readonly code: 'REJECTED'; readonly rejection: string }
  /** Nothing was asked: try again. */
  | { readonly code: 'OVERLOADED' | 'UNAVAILABLE' }
  /** It is, or may be, in the log, and is not visibly decided yet: repeat it with the same request id. */
  | { readonly code: 'OUTCOME_UNKNOWN'; readonly requestId: string };

type Answer<A> = E.Either<AskedError, A>;

/** The first answer there is; none when all of them ended without. */
const firstSome = <A>(answers: ReadonlyArray<Promise<O.Option<A>>>): Promise<O.Option<A>> =>
  new Promise((resolve, reject) => {
    let open = answers.length;
    for (const each of answers)
      each.then((answer) => {
        open -= 1;
        if (O.isSome(answer) || open === 0) resolve(answer);
      }, reject);
  });

const publish =
  ({ log }: AskWriterPorts) =>
  async ({ topic, message }: Asked): Promise<E.Either<AskedError, void>> => {
    const published = await log.publish(topic, message)();
    if (E.isRight(published) || published.left === 'PublishOutcomeUnknown') return E.right(undefined);
    return E.left({ code: published.left === 'LogOverloaded' ? 'OVERLOADED' : 'UNAVAILABLE' });
  };

const outcomeOf = (ports: AskWriterPorts) => {
  const reader = liveReader(ports.readModels);
  const wait = awaitOutcome(ports);
  return async (
    { answers, message, requestId, waitMs }: Asked,
    signal?: AbortSignal,
  ): Promise<O.Option<Answer<Position>>> => {
    const id = outcomeId(answers, message.key, requestId);
    const read = reader.get(deciderOutcomes, id);
    const held = { view: deciderOutcomes.name, id, read, isFinal: O.isSome, waitMs, ...(signal && { signal }) };
    const seen = await wait(held)();
    if (E.isLeft(seen) || O.isNone(seen.right)) return O.none;
    const { result, position } = seen.right.value;
    const isDone = result === DONE || result === ALREADY_DONE;
    return O.some(isDone ? E.right(position) : E.left({ code: 'REJECTED', rejection: result }));
  };
};

/**
 * Asks the writer of an aggregate through its topic, and waits, bounded, for the outcome of this very request. Answers the
 * position from which on every query shows it.
 */
export const askWriter = (ports: AskWriterPorts) => {
  const outcome = outcomeOf(ports);
  return (asked: Asked): TE.TaskEither<AskedError, Position> =>
    async () => {
      const published = await publish(ports)(asked);
      if (E.isLeft(published)) return published;
      const answer = await outcome(asked);
      return O.isSome(answer) ? answer.value : E.left({ code: 'OUTCOME_UNKNOWN', requestId: asked.requestId });
    };
};

/**
 * The same where a repeated request is answered by what it led to the first time: by the document of a view that shows it
 * carried out, or by its rejection.
 */
export const askUntilShown = (ports: AskWriterPorts) => {
  const outcome = outcomeOf(ports);
  const wait = awaitOutcome(ports);
  return <A>({ view, id, read, ...asked }: AskedInView<A>): TE.TaskEither<AskedError, A> =>
    async () => {
      const published = await publish(ports)(asked);
      if (E.isLeft(published)) return published;
      const over = new AbortController();
      const { signal } = over;
      const { waitMs, requestId } = asked;
      const shown = wait({ view, id, read, isFinal: O.isSome, waitMs, signal })();
      const answer = await firstSome<Answer<A>>([
        shown.then((seen) => (E.isRight(seen) ? O.map((found: A) => E.right(found))(seen.right) : O.none)),
        outcome(asked, signal).then(O.chain((known) => (E.isLeft(known) ? O.some(known) : O.none))),
      ]);
      // A reason of its own: the default one is an error with a stack, for every request.
      over.abort('answered');
      return O.isSome(answer) ? answer.value : E.left({ code: 'OUTCOME_UNKNOWN', requestId });
    };
};
