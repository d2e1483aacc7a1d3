import { either as E, type taskEither as TE } from 'fp-ts';
import { Interrupted } from '../projection/interrupted.js';

/** An engine does not answer, so nothing can be judged. Becomes an answer again at the edge (`unlessAway`). */
class Away extends Error {}

/** The port's answer, or an exception for `unlessAway`: for audits, which read many things one after the other. */
export const orAway = async <A>(call: TE.TaskEither<string | { readonly code: string }, A>): Promise<A> => {
  const answer = await call();
  if (E.isLeft(answer)) throw new Away(typeof answer.left === 'string' ? answer.left : answer.left.code);
  return answer.right;
};

/** What the audit found, or UNAVAILABLE. Any other exception is a bug and stays one. */
export const unlessAway =
  <Code extends string, A>(
    audit: () => Promise<E.Either<{ readonly code: Code }, A>>,
  ): TE.TaskEither<{ readonly code: Code | 'UNAVAILABLE' }, A> =>
  async () => {
    try {
      return await audit();
    } catch (error) {
      if (error instanceof Away || error instanceof Interrupted) return E.left({ code: 'UNAVAILABLE' });
      throw error;
    }
  };
