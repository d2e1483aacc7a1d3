import { either as E } from 'fp-ts';
import { type CommandFrom, type Decided, type Decider } from '../decider.js';
import { type Instant } from '../time.js';

/** The gateway's own number of a payment is this payment's, for ever, whatever comes of it. */
interface GatewayPaymentClaimed {
  readonly type: 'GatewayPaymentClaimed';
  readonly gatewayPaymentId: string;
  readonly paymentId: string;
  readonly orderId: string;
  readonly at: Instant;
}

export type GatewayPaymentEvent = GatewayPaymentClaimed;

export type ClaimGatewayPayment = CommandFrom<GatewayPaymentClaimed, 'ClaimGatewayPayment'>;

export type ClaimRejection = 'GATEWAY_PAYMENT_USED';

/** A payment of the gateway's: whose it is, if anybody's. */
export interface GatewayPayment {
  readonly claimedBy: string | null;
}

/** One charge pays one order: the first payment that names a gateway number keeps it, and no other payment can ever use it. */
const claimGatewayPayment = (
  { type: _, ...claim }: ClaimGatewayPayment,
  { claimedBy }: GatewayPayment,
): Decided<GatewayPaymentEvent, ClaimRejection> => {
  if (claimedBy === null) return E.right([{ type: 'GatewayPaymentClaimed', ...claim }]);
  return claimedBy === claim.paymentId ? E.right([]) : E.left('GATEWAY_PAYMENT_USED');
};

export const gatewayPaymentDecider: Decider<GatewayPayment, ClaimGatewayPayment, GatewayPaymentEvent, ClaimRejection> =
  {
    initial: { claimedBy: null },
    evolve: (_, { paymentId }) => ({ claimedBy: paymentId }),
    decide: claimGatewayPayment,
  };
