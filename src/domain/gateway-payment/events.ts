import { type Instant } from '../time.js';

/** The gateway's own number of a payment is this payment's, for ever, whatever comes of it. */
export interface GatewayPaymentClaimed {
  readonly type: 'GatewayPaymentClaimed';
  readonly gatewayPaymentId: string;
  readonly paymentId: string;
  readonly orderId: string;
  readonly at: Instant;
}

export type GatewayPaymentEvent = GatewayPaymentClaimed;
