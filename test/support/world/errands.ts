import { either as E, type taskEither as TE } from 'fp-ts';
import { UnreadableStream } from '../../../src/application/kernel/writer/load-aggregate.js';
import { type Calls, type Deployment } from './deployment.js';
import { type Weather } from './weather.js';

/** What a client makes of a call: the answer, or why there is none. `GONE`: the connection was lost, or no answer came in time. */
export type Told<L, A> = E.Either<L | { readonly code: 'GONE' | 'UNAVAILABLE' }, A>;

export interface Client {
  /** Calls one of the processes that answer people. */
  readonly call: <L, A>(make: (calls: Calls) => TE.TaskEither<L, A>) => Promise<Told<L, A>>;
  /** The same, with the same ids, until the answer is one that says what became of it; at most `times`. */
  readonly insist: <L extends { readonly code: string }, A>(
    times: number,
    make: (calls: Calls) => TE.TaskEither<L, A>,
  ) => Promise<Told<L, A>>;
  readonly pause: (mostMs: number) => Promise<void>;
}

/** What HTTP makes of it. */
const UNREADABLE = { code: 'UNAVAILABLE' } as const;
const PATIENCE_MS = 12_000;
/** Answers after which the same call is to be made again. */
export const UNDECIDED: ReadonlySet<string> = new Set(['GONE', 'UNAVAILABLE', 'OUTCOME_UNKNOWN', 'OVERLOADED']);

/** Somebody outside, who does as the documents tell clients to do. */
export const newClient = ({ chance, time }: Weather, deployment: Deployment): Client => {
  const pause = (mostMs: number): Promise<void> => time.sleep(chance.below(mostMs));

  const call: Client['call'] = async (make) => {
    const doors = deployment.members().filter(({ names }) => names.includes('api'));
    const door = doors[chance.below(doors.length)];
    if (door === undefined) {
      await pause(500);
      return E.left({ code: 'GONE' });
    }
    return new Promise((resolve, reject) => {
      const gone = (): void => resolve(E.left({ code: 'GONE' }));
      const stopWaiting = time.wakeIn(PATIENCE_MS, gone);
      const forget = door.member.onDeath(gone);
      make(door.calls)()
        .then(resolve, (error: unknown) =>
          error instanceof UnreadableStream ? resolve(E.left(UNREADABLE)) : reject(error),
        )
        .finally(() => {
          stopWaiting();
          forget();
        });
    });
  };

  return {
    call,
    pause,
    insist: async (times, make) => {
      for (let left = times; ; left -= 1) {
        const told = await call(make);
        if (left <= 1 || E.isRight(told) || !UNDECIDED.has(told.left.code)) return told;
        await pause(1_500);
      }
    },
  };
};
