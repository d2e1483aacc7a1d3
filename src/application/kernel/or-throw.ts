import { either as E } from 'fp-ts';

/** The answer of a port, or an exception: for handlers of batches, which are given a batch again when they reject. */
export const orThrow = <Left extends string, A>(answer: E.Either<Left, A>): A => {
  if (E.isLeft(answer)) throw new Error(answer.left);
  return answer.right;
};
