import { either as E, type taskEither as TE } from 'fp-ts';
import { type Clock } from '../../ports/clock.js';
import { type ReadModels } from '../../ports/read-models.js';

export interface AwaitOutcomePorts {
  readonly readModels: ReadModels;
  readonly clock: Clock;
}

export interface Awaited<Left, A> {
  /** The document whose change is waited for. */
  readonly view: string;
  readonly id: string;
  readonly read: TE.TaskEither<Left, A>;
  readonly isFinal: (answer: A) => boolean;
  /** 0 reads once. */
  readonly waitMs: number;
  /** Aborted: nobody is listening any more. */
  readonly signal?: AbortSignal;
}

/** A notice of a change may be late or lost; a second later it is noticed all the same. */
const SAFETY_MS = 1_000;

/**
 * Holds an answer until it is final or the time is over; then the answer is what was read last. Woken by the change
 * itself. An error ends the wait.
 */
export const awaitOutcome =
  ({ readModels, clock }: AwaitOutcomePorts) =>
  <Left, A>({ view, id, read, isFinal, waitMs, signal }: Awaited<Left, A>): TE.TaskEither<Left, A> =>
  async () => {
    const deadline = clock.elapsed() + waitMs;
    const over = (answer: E.Either<Left, A>): boolean =>
      E.isLeft(answer) || isFinal(answer.right) || clock.elapsed() >= deadline || signal?.aborted === true;

    let answer = await read();
    if (over(answer)) return answer;

    let changed = true;
    let wake = (): void => undefined;
    const notice = (): void => {
      changed = true;
      wake();
    };
    const unwatch = readModels.watch(view, id, notice);
    signal?.addEventListener('abort', notice);
    try {
      for (;;) {
        if (!changed) {
          const ms = Math.min(deadline - clock.elapsed(), SAFETY_MS);
          await new Promise<void>((resolve) => {
            const cancel = clock.wakeIn(ms, resolve);
            wake = () => {
              cancel();
              resolve();
            };
          });
        }
        // Whom nobody listens to need not read once more.
        if (signal?.aborted === true) return answer;
        changed = false;
        answer = await read();
        if (over(answer)) return answer;
      }
    } finally {
      unwatch();
      signal?.removeEventListener('abort', notice);
    }
  };
