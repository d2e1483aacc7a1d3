import { setTimeout as sleep } from 'node:timers/promises';
import { either as E, type taskEither as TE } from 'fp-ts';
import { CallFailed } from '../failures.js';

export type Engine = 'event store' | 'message log' | 'store of the views' | 'store of the keys';

const PATIENCE_MS = 30_000;
const AGAIN_MS = 500;

/** The same, asked again for a while: an engine that has just started, or changes its leader, answers a moment later. */
export const patiently =
  <Failure, A>(ask: TE.TaskEither<Failure, A>, withinMs = PATIENCE_MS): TE.TaskEither<Failure, A> =>
  async () => {
    const until = performance.now() + withinMs;
    for (;;) {
      const answer = await ask();
      if (E.isRight(answer) || performance.now() > until) return answer;
      await sleep(AGAIN_MS);
    }
  };

/** Rejects with CallFailed where the engine gave no answer in the end. */
export const answerOf = async <A>(
  engine: Engine,
  ask: TE.TaskEither<unknown, A>,
  withinMs = PATIENCE_MS,
): Promise<A> => {
  const answer = await patiently(ask, withinMs)();
  if (E.isLeft(answer)) throw new CallFailed(`The ${engine} does not answer`, 'UNAVAILABLE');
  return answer.right;
};
