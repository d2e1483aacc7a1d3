import { either as E, option as O, type taskEither as TE } from 'fp-ts';
import { type Message, type MessageLog } from '../../ports/message-log.js';
import { liveReader } from '../projection/live-reader.js';
import { awaitOutcome, type AwaitOutcomePorts } from './await-outcome.js';
import { type RejectionContext, rejectedRequestId, rejectedRequestsView } from '../writer/rejected-requests.js';

export interface AskWriterPorts extends AwaitOutcomePorts {
  readonly log: Pick<MessageLog, 'publish'>;
}

export interface Asked<A> {
  readonly topic: string;
  /** Keyed by the aggregate it is asked of. */
  readonly message: Message;
  readonly context: RejectionContext;
  readonly requestId: string;
  /** The document that shows that it was carried out. */
  readonly view: string;
  readonly id: string;
  /** None until it was. */
  readonly read: TE.TaskEither<'ReadModelsUnavailable', O.Option<A>>;
  readonly waitMs: number;
}

export type AskedError =
  /** Decided, and led to nothing. `rejection` is of the aggregate's rule, or UNPROCESSABLE. */
  | { readonly code: 'REJECTED'; readonly rejection: string }
  /** Nothing was asked: try again. */
  | { readonly code: 'OVERLOADED' | 'UNAVAILABLE' }
  /** It is, or may be, in the log, and is not visibly decided yet: repeat it with the same request id. */
  | { readonly code: 'OUTCOME_UNKNOWN'; readonly requestId: string };

type Look<A> = TE.TaskEither<'ReadModelsUnavailable', O.Option<A>>;

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

/**
 * Asks the writer of an aggregate through its topic, and waits, bounded, until queries see what became of it: the document that
 * shows it carried out, or its rejection.
 */
export const askWriter = (ports: AskWriterPorts) => {
  const reader = liveReader(ports.readModels);
  const wait = awaitOutcome(ports);

  return <A>({ topic, message, context, requestId, view, id, read, waitMs }: Asked<A>): TE.TaskEither<AskedError, A> =>
    async () => {
      const published = await ports.log.publish(topic, message)();
      if (E.isLeft(published) && published.left !== 'PublishOutcomeUnknown')
        return E.left({ code: published.left === 'LogOverloaded' ? 'OVERLOADED' : 'UNAVAILABLE' });

      const settled = new AbortController();
      const until = async <B>(where: { readonly view: string; readonly id: string }, look: Look<B>) => {
        const seen = await wait({ ...where, read: look, isFinal: O.isSome, waitMs, signal: settled.signal })();
        return E.isRight(seen) ? seen.right : O.none;
      };
      const rejectedId = rejectedRequestId(context, message.key, requestId);
      const answer = await firstSome<E.Either<AskedError, A>>([
        until({ view, id }, read).then(O.map((carriedOut) => E.right(carriedOut))),
        until({ view: rejectedRequestsView.name, id: rejectedId }, reader.get(rejectedRequestsView, rejectedId)).then(
          O.map(({ code }) => E.left({ code: 'REJECTED', rejection: code })),
        ),
      ]);
      // A reason of its own: the default one is an error with a stack, for every request.
      settled.abort('settled');
      return O.isSome(answer) ? answer.value : E.left({ code: 'OUTCOME_UNKNOWN', requestId });
    };
};
