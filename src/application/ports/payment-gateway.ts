import { type taskEither as TE } from 'fp-ts';

export interface Charge {
  /** Ours: the idempotency key. Asking again with it charges once and answers as the first time. */
  readonly paymentId: string;
  readonly orderId: string;
  /** The gateway's own number of the payment, which the payer brings along. */
  readonly gatewayPaymentId: string;
  /** In the currency's smallest unit. */
  readonly amount: number;
}

/** `code` is the gateway's own, for the record. */
export type GatewayAnswer =
  { readonly answer: 'Approved'; readonly code: string } | { readonly answer: 'Declined'; readonly code: string };

/**
 * What became of a charge: compared with what was asked, as far as the gateway tells (whose it is, how much, whether it was
 * taken back). NotCharged: the gateway has never heard of it, or has not charged yet.
 */
export type GatewayInquiry = GatewayAnswer | { readonly answer: 'NotCharged'; readonly code: string };

export type GatewayError =
  /** Known not to have been carried out: it was never sent, or refused before anything was tried. */
  | 'GatewayUnavailable'
  /** It did not answer, and may have carried it out. Ask, or repeat with the same key; never compensate. */
  | 'GatewayOutcomeUnknown'
  /** It answered, and nothing is wrong with it, but the answer does not tell. Ask later; never compensate. */
  | 'GatewayUndecided';

/** The payment provider that moves the money. Every call has its own timeout. */
export interface PaymentGateway {
  /** Declined also where the number is another payment's, and then nothing stays charged for this one. */
  readonly approve: (charge: Charge) => TE.TaskEither<GatewayError, GatewayAnswer>;
  readonly inquire: (charge: Charge) => TE.TaskEither<GatewayError, GatewayInquiry>;
  /** All of it that was not given back otherwise, once, however often it is asked. Declined: it will never be given back by the gateway itself. */
  readonly refund: (charge: Charge, reason: string) => TE.TaskEither<GatewayError, GatewayAnswer>;
}
