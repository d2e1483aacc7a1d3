import { either as E, type taskEither as TE } from 'fp-ts';

/** What must not fail here. */
export const rightOf = <L, A>(answer: E.Either<L, A>): A => {
  if (E.isLeft(answer)) throw new Error(`Answered ${JSON.stringify(answer.left)}`);
  return answer.right;
};

/** The answer of a port that must not fail here. */
export const answerOf = async <L, A>(task: TE.TaskEither<L, A>): Promise<A> => rightOf(await task());
