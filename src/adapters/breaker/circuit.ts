import CircuitBreaker from 'opossum';
import { either as E, type taskEither as TE } from 'fp-ts';

export type BreakerState = 'closed' | 'half-open' | 'open';

export interface BreakerOptions {
  readonly resetMs: number;
  /** How many calls it takes before their share is judged. */
  readonly volume: number;
  readonly onState?: (state: BreakerState) => void;
}

export interface Circuit<Fault> {
  /** The call, or `refused` without one. */
  readonly guarded: <A>(call: TE.TaskEither<Fault, A>) => TE.TaskEither<Fault, A>;
  readonly state: () => BreakerState;
  readonly close: () => void;
}

export interface Guarding<Fault> extends BreakerOptions {
  /** What is answered while nothing is sent. */
  readonly refused: Fault;
  /** Faults that say the other side does not work; after any other it answered. */
  readonly isFailure: (fault: Fault) => boolean;
}

class Failed extends Error {}

const isRefusal = (error: unknown): boolean =>
  typeof error === 'object' &&
  error !== null &&
  'code' in error &&
  (error.code === 'EOPENBREAKER' || error.code === 'ESHUTDOWN');

/** Opens when more than half of the calls fail, refuses at once then, and lets one through after a while to see. */
export const openCircuit = <Fault>({
  resetMs,
  volume,
  onState,
  refused,
  isFailure,
}: Guarding<Fault>): Circuit<Fault> => {
  const circuit = new CircuitBreaker(
    async (call: () => Promise<boolean>) => {
      if (await call()) throw new Failed();
    },
    {
      timeout: false,
      resetTimeout: resetMs,
      errorThresholdPercentage: 50,
      volumeThreshold: volume,
      rollingPercentilesEnabled: false,
      enableSnapshots: false,
    },
  );
  circuit.on('open', () => onState?.('open'));
  circuit.on('halfOpen', () => onState?.('half-open'));
  circuit.on('close', () => onState?.('closed'));
  return {
    guarded: (call) => async () => {
      let answer: Awaited<ReturnType<typeof call>> = E.left(refused);
      const ask = async (): Promise<boolean> => {
        answer = await call();
        return E.isLeft(answer) && isFailure(answer.left);
      };
      await circuit.fire(ask).catch((error: unknown) => {
        if (!(error instanceof Failed) && !isRefusal(error)) throw error;
      });
      return answer;
    },
    state: () => (circuit.opened ? 'open' : circuit.halfOpen ? 'half-open' : 'closed'),
    close: () => circuit.shutdown(),
  };
};
