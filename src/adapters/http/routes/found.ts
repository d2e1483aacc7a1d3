import { either as E, type taskEither as TE } from 'fp-ts';
import { type Answer, json, problem } from '../answer.js';
import { type Exchange } from '../exchange.js';
import { type ProblemCode, refused } from '../problems.js';

/** What the use case found, as it is shown, or why it did not. */
export const found = async <A>(
  call: TE.TaskEither<{ readonly code: ProblemCode | 'INVALID_CURSOR' }, A>,
  { language }: Exchange,
  shown: (answer: A) => unknown = (answer) => answer,
): Promise<Answer> => {
  const answer = await call();
  return E.isLeft(answer) ? problem(refused(answer.left.code), language) : json(200, shown(answer.right));
};
