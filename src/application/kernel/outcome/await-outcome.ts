import { either as E, type taskEither as TE } from 'fp-ts';
import { noticedChanges } from '../projection/noticed-changes.js';
import { type Ports } from '../../ports/ports.js';

export type AwaitOutcomePorts = Pick<Ports, 'readModels' | 'clock'>;

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
  (ports: AwaitOutcomePorts) =>
  <Left, A>({ view, id, read, isFinal, waitMs, signal }: Awaited<Left, A>): TE.TaskEither<Left, A> =>
  async () => {
    const { clock } = ports;
    const deadline = clock.elapsed() + waitMs;
    const over = (answer: E.Either<Left, A>): boolean =>
      E.isLeft(answer) || isFinal(answer.right) || clock.elapsed() >= deadline || signal?.aborted === true;

    if (waitMs === 0) return read();
    // Watched before it is read: it may change while it is.
    const changes = noticedChanges(ports, { view, id, signal });
    try {
      for (;;) {
        const answer = await read();
        if (over(answer)) return answer;
        await changes.next(Math.min(deadline - clock.elapsed(), SAFETY_MS));
        // Nobody listens any more, so it is not read again.
        if (signal?.aborted === true) return answer;
      }
    } finally {
      changes.stop();
    }
  };
