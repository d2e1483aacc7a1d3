import { either as E } from 'fp-ts';

export interface GaveUp {
  readonly error: unknown;
  readonly attempts: number;
}

const TRIES = 3;

/** Tries something pure three times at once: waiting in between could change nothing, and would hold up the neighbours. */
export const patiently = <A>(work: () => A): E.Either<GaveUp, A> => {
  for (let attempts = 1; ; attempts++)
    try {
      return E.right(work());
    } catch (error) {
      if (attempts === TRIES) return E.left({ error, attempts });
    }
};
