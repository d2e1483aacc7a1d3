import { type GatewayError, type PaymentGateway } from '../../application/ports/payment-gateway.js';
import { type BreakerOptions, type BreakerState, openCircuit } from './circuit.js';

export { type BreakerOptions, type BreakerState } from './circuit.js';

export interface GuardedGateway extends PaymentGateway {
  readonly state: () => BreakerState;
  readonly close: () => void;
}

/** Any answer shows that the gateway works: the payment number of one payer must not stop the payments of all others. */
const isFailure = (error: GatewayError): boolean => {
  switch (error) {
    case 'GatewayUnavailable':
    case 'GatewayOutcomeUnknown':
      return true;
    case 'GatewayUndecided':
      return false;
  }
};

/** A gateway that is not asked while most calls to it fail: then nothing was sent, and that is known. */
export const withBreaker = (gateway: PaymentGateway, options: BreakerOptions): GuardedGateway => {
  const { guarded, state, close } = openCircuit<GatewayError>({ ...options, refused: 'GatewayUnavailable', isFailure });
  return {
    approve: (charge) => guarded(gateway.approve(charge)),
    inquire: (charge) => guarded(gateway.inquire(charge)),
    refund: (charge, reason) => guarded(gateway.refund(charge, reason)),
    state,
    close,
  };
};
