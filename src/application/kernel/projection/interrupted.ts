import { either as E, type taskEither as TE } from 'fp-ts';

/** Why a projection could not go on; none of them is a bug. */
export type Interruption = 'ReadModelsUnavailable' | 'EventStoreUnavailable' | 'CheckpointMoved' | 'Aborted';

/** Carries a port's answer out of a loop; it becomes an answer again at the edge (`answering`). */
export class Interrupted extends Error {
  constructor(
    readonly why: Interruption,
    cause?: unknown,
  ) {
    super(why, { cause });
  }
}

/** The port's answer, or an `Interrupted`: for loops over many pages, where a chain would only hide the loop. */
export const orInterrupt = async <A>(call: TE.TaskEither<Interruption, A>): Promise<A> => {
  const answer = await call();
  if (E.isLeft(answer)) throw new Interrupted(answer.left);
  return answer.right;
};

/** The other way round. Anything that is not an interruption is a bug and stays an exception. */
export const answering =
  <A>(work: () => Promise<A>): TE.TaskEither<Interruption, A> =>
  async () => {
    try {
      return E.right(await work());
    } catch (error) {
      if (error instanceof Interrupted) return E.left(error.why);
      throw error;
    }
  };
