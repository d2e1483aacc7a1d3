import { taskEither as TE } from 'fp-ts';
import { orInterrupt } from '../../kernel/projection/interrupted.js';

/** What a port answers; where it does not, whatever is done ends, and the whole can be asked for again. Throws Interrupted. */
export const ask = <A>(call: TE.TaskEither<unknown, A>): Promise<A> =>
  orInterrupt(TE.mapLeft(() => 'EventStoreUnavailable' as const)(call));
