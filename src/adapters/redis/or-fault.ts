import { taskEither as TE } from 'fp-ts';
import { type Log } from '../../application/ports/ports.js';
import { isAnswer } from './breaker.js';

/** Runs `work`; whatever goes wrong with it is told to the log, and means `fault`. */
export const orFault =
  <Fault extends string>(log: Log, fault: Fault, said: string) =>
  <A>(work: () => Promise<A>): TE.TaskEither<Fault, A> =>
    TE.tryCatch(work, (error) => {
      // An error reply to a script of ours is a bug worth seeing; silence on the line is not.
      const say = isAnswer(error) ? log.error : log.debug;
      say({ error: String(error) }, said);
      return fault;
    });
