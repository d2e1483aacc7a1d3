import CircuitBreaker from 'opossum';
import { either as E, type taskEither as TE } from 'fp-ts';
import { type GatewayError, type PaymentGateway } from '../../application/ports/payment-gateway.js';

/** What went wrong, if anything. */
type Call = () => Promise<GatewayError | null>;

export type BreakerState = 'closed' | 'half-open' | 'open';

export interface GuardedGateway extends PaymentGateway {
  readonly state: () => BreakerState;
  readonly close: () => void;
}

export interface BreakerOptions {
  readonly resetMs: number;
  /** How many calls it takes before their share is judged. */
  readonly volume: number;
  readonly onState?: (state: BreakerState) => void;
}

/** A gateway that answers works, whatever it answers: no payer's number may close it to everybody else. */
const isFailure = (error: GatewayError): boolean => {
  switch (error) {
    case 'GatewayUnavailable':
    case 'GatewayOutcomeUnknown':
      return true;
    case 'GatewayUndecided':
      return false;
  }
};

/** A gateway error, carried through the breaker as a failure. */
class Failed extends Error {
  constructor(readonly why: GatewayError) {
    super(why);
  }
}

/** Opens when more than half of the calls fail, refuses at once then, and lets one through after a while to see. */
export const withBreaker = (gateway: PaymentGateway, { resetMs, volume, onState }: BreakerOptions): GuardedGateway => {
  const circuit = new CircuitBreaker(
    async (call: Call) => {
      const failure = await call();
      if (failure !== null) throw new Failed(failure);
    },
    {
      timeout: false,
      resetTimeout: resetMs,
      errorThresholdPercentage: 50,
      volumeThreshold: volume,
      rollingPercentilesEnabled: false,
    },
  );
  const state = (): BreakerState => (circuit.opened ? 'open' : circuit.halfOpen ? 'half-open' : 'closed');
  circuit.on('open', () => onState?.('open'));
  circuit.on('halfOpen', () => onState?.('half-open'));
  circuit.on('close', () => onState?.('closed'));

  const guarded =
    <A>(call: TE.TaskEither<GatewayError, A>): TE.TaskEither<GatewayError, A> =>
    async () => {
      // Nothing was sent: the breaker refused.
      let answer: E.Either<GatewayError, A> = E.left('GatewayUnavailable');
      const ask: Call = async () => {
        answer = await call();
        return E.isLeft(answer) && isFailure(answer.left) ? answer.left : null;
      };
      await circuit.fire(ask).catch((error: unknown) => {
        if (!(error instanceof Failed) && !isRefusal(error)) throw error;
      });
      return answer;
    };
  return {
    approve: (charge) => guarded(gateway.approve(charge)),
    inquire: (charge) => guarded(gateway.inquire(charge)),
    refund: (charge, reason) => guarded(gateway.refund(charge, reason)),
    state,
    close: () => circuit.shutdown(),
  };
};

const isRefusal = (error: unknown): boolean =>
  typeof error === 'object' &&
  error !== null &&
  'code' in error &&
  (error.code === 'EOPENBREAKER' || error.code === 'ESHUTDOWN');
