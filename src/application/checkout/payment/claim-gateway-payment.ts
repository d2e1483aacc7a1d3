import { either as E, option as O, type taskEither as TE } from 'fp-ts';
import { liveReader } from '../../kernel/projection/live-reader.js';
import { presumedNew } from '../../kernel/writer/load-decide-append.js';
import { gatewayPaymentAggregate, type HandleGatewayPayment } from '../aggregates/gateway-payment-aggregate.js';
import { gatewayPaymentsView } from './views/gateway-payments.js';
import { type Ports } from '../../ports/ports.js';

export interface GatewayPaymentToClaim {
  readonly gatewayPaymentId: string;
  readonly paymentId: string;
  readonly orderId: string;
}

/** Makes the gateway's number this payment's for ever; claiming it again changes nothing. GATEWAY_PAYMENT_USED: it is another payment's. */
export type ClaimGatewayPayment = (
  claim: GatewayPaymentToClaim,
  correlationId: string,
) => TE.TaskEither<{ readonly code: 'GATEWAY_PAYMENT_USED' | 'UNAVAILABLE' }, void>;

export interface ClaimGatewayPaymentPorts extends Pick<Ports, 'readModels' | 'clock'> {
  readonly handleGatewayPayment: HandleGatewayPayment;
}

/** Payments started before numbers were claimed are found by the view; of those that are claimed the stream decides. */
export const claimGatewayPayment = ({
  handleGatewayPayment,
  readModels,
  clock,
}: ClaimGatewayPaymentPorts): ClaimGatewayPayment => {
  const reader = liveReader(readModels);
  return (claim, correlationId) => async () => {
    const known = await reader.get(gatewayPaymentsView, claim.gatewayPaymentId)();
    if (E.isLeft(known)) return E.left({ code: 'UNAVAILABLE' });
    const payments = O.isSome(known.right) ? known.right.value.payments : [];
    if (payments.some(({ paymentId }) => paymentId !== claim.paymentId))
      return E.left({ code: 'GATEWAY_PAYMENT_USED' });
    const command = { type: 'ClaimGatewayPayment', ...claim, at: clock.now() } as const;
    const presumed = payments.length === 0 ? presumedNew(gatewayPaymentAggregate) : undefined;
    const claimed = await handleGatewayPayment(command, correlationId, presumed)();
    if (E.isRight(claimed)) return E.right(undefined);
    return E.left({ code: claimed.left.error === 'Rejected' ? 'GATEWAY_PAYMENT_USED' : 'UNAVAILABLE' });
  };
};
