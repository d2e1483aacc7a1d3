import { taskEither as TE } from 'fp-ts';
import { type Log } from '../../../application/ports/log.js';
import { type ReadModelsError } from '../../../application/ports/read-models.js';
import { isAnswer } from '../breaker.js';

export type Answering = <A>(work: () => Promise<A>) => TE.TaskEither<ReadModelsError, A>;

/** Whatever goes wrong with a read model means that it is not available now. */
export const answering =
  (log: Log): Answering =>
  (work) =>
    TE.tryCatch(work, (error): ReadModelsError => {
      // An error reply to a script of ours is a bug worth seeing; silence on the line is not.
      const say = isAnswer(error) ? log.error : log.debug;
      say({ error: String(error) }, 'The read models in Redis did not answer');
      return 'ReadModelsUnavailable';
    });
