import { either as E, type taskEither as TE } from 'fp-ts';

/** An engine is away, so nothing can be compared. */
export class Gone extends Error {}

/** The port's answer, or `Gone`: for comparing many things one after the other. */
export const orGone = async <A>(call: TE.TaskEither<string, A>): Promise<A> => {
  const answer = await call();
  if (E.isLeft(answer)) throw new Gone(answer.left);
  return answer.right;
};
