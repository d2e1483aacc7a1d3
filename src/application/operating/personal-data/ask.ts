import { taskEither as TE } from 'fp-ts';
import { orInterrupt } from '../../kernel/projection/interrupted.js';

/** The answer of a port. If there is none, throws Interrupted, which ends the whole call; it can be repeated. */
export const ask = <A>(call: TE.TaskEither<unknown, A>): Promise<A> =>
  orInterrupt(TE.mapLeft(() => 'EventStoreUnavailable' as const)(call));
